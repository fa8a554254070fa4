import { type ErrorJson, KindredError } from "../../../base/index.ts";
import type { DataSetVersion } from "../../namespace/data-set.ts";
import type {
  AttemptRecord,
  AttemptStatus,
  RunCode,
  RunHead,
  RunLabels,
  RunSummary,
  StepHead,
  StoredArtifact,
} from "../../run-record.ts";
import type { StepGraph } from "../../step-graph.ts";
import { holderOf, type LeaseRow, shownStatus } from "./lease.ts";
import { parsedColumn, unsealedArtifact, unsealedCode } from "./seal.ts";

/** A row of `runs` as it is listed. */
export interface ListedRow extends LeaseRow {
  readonly run: number;
  readonly flow: string;
  readonly project: string | null;
  readonly params: string;
  readonly namespace: string | null;
  readonly branch: string | null;
  readonly user_name: string | null;
  /** JSON of an array, or null. */
  readonly tags: string | null;
  readonly error: string | null;
  readonly created_ms: number;
  readonly ended_ms: number | null;
}

/** A row of `runs`. */
export interface RunRow extends ListedRow {
  readonly graph: string;
  readonly code: string;
  /** JSON of an array; null in runs of before there were data sets. */
  readonly pins: string | null;
}

/** A row of `steps`. */
export interface StepRow {
  readonly position: number;
  readonly step: string;
  readonly kind: "single" | "foreach";
  readonly status: string;
  readonly width: number | null;
  readonly items: string | null;
  readonly artifact: string | null;
  readonly started_ms: number | null;
  readonly ended_ms: number | null;
}

/** A row of `tasks`. */
export interface TaskRow {
  readonly position: number;
  readonly item: number;
  readonly key: string;
  readonly status: string;
  readonly artifact: string | null;
}

/** A row of `attempts`. */
export interface AttemptRow {
  readonly position: number;
  readonly item: number;
  readonly attempt: number;
  readonly status: string;
  readonly started_ms: number;
  readonly ended_ms: number | null;
  readonly worker_pid: number;
  readonly worker_host: string | null;
  readonly cpu_seconds: number | null;
  readonly peak_rss_bytes: number | null;
  readonly blob_read_bytes: number | null;
  readonly blob_written_bytes: number | null;
  readonly model_tokens: number | null;
  readonly money: number | null;
  readonly progress: string | null;
  readonly error: string | null;
  readonly card: string | null;
  readonly facts: string | null;
  readonly log: string | null;
}

/** The artifact of a place, from its column; see the seals. @throws artifact-damaged */
export function parseArtifact(place: string, text: string | null): StoredArtifact | null {
  return text === null ? null : unsealedArtifact(place, text);
}

/** The place of a task's artifact for its seal. */
export function taskPlace(position: number, item: number): string {
  return `${position}/${item}`;
}

/** The place of a step's artifact for its seal. */
export function stepPlace(position: number): string {
  return `${position}`;
}

/** The place of a step's items for its seal. */
export function itemsPlace(position: number): string {
  return `${position}/items`;
}

/** A run as its list shows it. */
export function summaryOf(row: ListedRow, nowMs: number): RunSummary {
  const status = shownStatus(row, nowMs);
  return {
    run: String(row.run),
    flow: row.flow,
    project: row.project,
    status,
    createdMs: row.created_ms,
    endedMs: row.ended_ms ?? (status === "running" ? null : row.lease_renewed_ms),
    params: parsedColumn<Record<string, unknown>>(row.params),
    error: parseColumn<ErrorJson>(row.error),
    ...labelsOf(row),
  };
}

/** A run without its steps. */
export function headOf(row: RunRow, nowMs: number): RunHead {
  return {
    ...summaryOf(row, nowMs),
    code: unsealedCode<RunCode>(row.code, row.params, row.graph),
    graph: parsedColumn<StepGraph>(row.graph),
    holder: holderOf(row),
    dataSets: parseColumn<DataSetVersion[]>(row.pins) ?? [],
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
    artifact: parseArtifact(stepPlace(row.position), row.artifact),
  };
}

/** What ran when the scheduler went away waits to be resumed. */
export function settled<Status extends string>(status: string, isRunning: boolean): Status {
  return (status === "running" && !isRunning ? "waiting" : status) as Status;
}

function labelsOf({ namespace, branch, user_name, tags }: ListedRow): RunLabels {
  const list = parseColumn<string[]>(tags) ?? [];
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
    card: parseColumn(row.card),
    facts: parseColumn(row.facts),
    log: parseColumn(row.log),
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
    progress: parseColumn(row.progress),
    error: parseColumn(row.error),
  };
}

/** The number in a run's id. @throws not-found */
export function runNumber(run: string): number {
  const number = /^\d{1,15}$/.test(run) ? Number(run) : 0;
  if (number > 0) return number;
  throw new KindredError("not-found", { seen: `the run "${run}"`, expected: "the number of a run, such as 12" });
}

function parseColumn<T>(text: string | null): T | null {
  return text === null ? null : parsedColumn<T>(text);
}
