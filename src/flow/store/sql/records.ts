import type { ErrorJson } from "../../../base/index.ts";
import type { RunInput } from "../../inputs/run-input.ts";
import type { DataSetVersion } from "../../namespace/data-set.ts";
import type {
  AttemptRecord,
  AttemptStatus,
  RunCode,
  RunHead,
  RunLabels,
  RunSummary,
  StepHead,
} from "../../run-record.ts";
import type { StepGraph } from "../../step-graph.ts";
import { fromColumn, fromOptionalColumn } from "./json-column.ts";
import { holderOf, shownStatus } from "./lease.ts";
import type { AttemptRow, ListedRow, RunRow, StepRow } from "./rows.ts";
import { stepPlace, unsealedCode, unsealedOptional } from "./seal.ts";

/** A run as its list shows it. */
export function summaryOf(row: ListedRow, nowMs: number): RunSummary {
  const status = shownStatus(row, nowMs);
  const endedMs = row.ended_ms ?? (status === "running" ? null : row.lease_renewed_ms);
  return {
    run: String(row.run),
    flow: row.flow,
    project: row.project,
    status,
    createdMs: row.created_ms,
    // The two moments may be of different clocks: that of the machine that made the run, a worker's, the database's.
    endedMs: endedMs === null ? null : Math.max(row.created_ms, endedMs),
    params: fromColumn<Record<string, unknown>>(row.params),
    error: fromOptionalColumn<ErrorJson>(row.error),
    ...labelsOf(row),
  };
}

/** A run without its steps. */
export function headOf(row: RunRow, nowMs: number): RunHead {
  return {
    ...summaryOf(row, nowMs),
    code: unsealedCode<RunCode>(row.code, row.params, row.graph),
    graph: fromColumn<StepGraph>(row.graph),
    holder: holderOf(row),
    dataSets: fromOptionalColumn<DataSetVersion[]>(row.pins) ?? [],
    inputs: fromOptionalColumn<RunInput[]>(row.inputs) ?? [],
  };
}

/** A step without its tasks. */
export function stepOf(row: StepRow, isRunning: boolean): StepHead {
  return {
    step: row.step,
    kind: row.kind,
    status: settled<StepHead["status"]>(row.status, isRunning),
    width: row.width,
    startedMs: row.started_ms,
    endedMs: row.ended_ms,
    artifact: unsealedOptional(stepPlace(row.position), row.artifact),
  };
}

/** What ran when the scheduler went away waits to be resumed. */
export function settled<Status extends string>(status: string, isRunning: boolean): Status {
  return (status === "running" && !isRunning ? "waiting" : status) as Status;
}

function labelsOf({ namespace, branch, user_name, tags }: ListedRow): RunLabels {
  const list = fromOptionalColumn<string[]>(tags) ?? [];
  return {
    ...(namespace === null ? {} : { namespace }),
    ...(branch === null ? {} : { branch }),
    ...(user_name === null ? {} : { user: user_name }),
    ...(list.length === 0 ? {} : { tags: list.sort() }),
  };
}

/** An attempt. One that runs in a run that nobody holds is lost. */
export function attemptOf(row: AttemptRow, isRunning: boolean): AttemptRecord {
  return {
    attempt: row.attempt,
    status: row.status === "running" && !isRunning ? "lost" : (row.status as AttemptStatus),
    startedMs: row.started_ms,
    endedMs: row.ended_ms,
    workerPid: row.worker_pid,
    workerHost: row.worker_host,
    card: fromOptionalColumn(row.card),
    facts: fromOptionalColumn(row.facts),
    log: fromOptionalColumn(row.log),
    usage:
      row.cpu_seconds === null
        ? null
        : {
            cpuSeconds: row.cpu_seconds,
            peakRssBytes: row.peak_rss_bytes ?? 0,
            blobReadBytes: row.blob_read_bytes ?? 0,
            blobWrittenBytes: row.blob_written_bytes ?? 0,
            ...(row.model_tokens === null ? {} : { modelTokens: row.model_tokens }),
            ...(row.money === null ? {} : { money: row.money }),
          },
    progress: fromOptionalColumn(row.progress),
    error: fromOptionalColumn(row.error),
  };
}
