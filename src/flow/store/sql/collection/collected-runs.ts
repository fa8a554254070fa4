import { isDeepStrictEqual } from "node:util";
import type { DataSetVersion } from "../../../namespace/data-set.ts";
import { productionNamespace } from "../../../namespace/namespace-name.ts";
import { type RunFacts, versionName } from "../../collection-store.ts";
import { lockRun } from "../fence.ts";
import { fromOptionalColumn } from "../json-column.ts";
import { isHeld, type LeaseRow, shownStatus } from "../lease.ts";
import { projectOf } from "../production-guard.ts";
import { runNumber } from "../run-number.ts";
import type { SqlRunner } from "../sql-port.ts";
import { addUsageDays } from "./usage-days.ts";

interface FactsRow extends LeaseRow {
  readonly run: number;
  readonly flow: string;
  readonly project: string | null;
  readonly namespace: string | null;
  readonly ended_ms: number | null;
  readonly pins: string | null;
  readonly tags: string | null;
}

const factsSql = `select run, flow, project, namespace, status, ended_ms, pins, lease_owner, lease_pid, lease_host, lease_workflow,
  lease_renewed_ms, lease_ms, (select {array}(tag) from run_tags where run_tags.run = runs.run) as tags from runs`;

/** What a collection decides about all runs by, newest first. */
export async function readFacts(sql: SqlRunner, nowMs: number): Promise<RunFacts[]> {
  const rows = await sql.all<FactsRow>(`${factsSql} order by run desc`);
  return rows.map((row) => factsOf(row, nowMs));
}

function factsOf(row: FactsRow, nowMs: number): RunFacts {
  const pins = fromOptionalColumn<DataSetVersion[]>(row.pins) ?? [];
  return {
    ...{ run: String(row.run), flow: row.flow, project: projectOf(row.project), namespace: row.namespace },
    status: shownStatus(row, nowMs),
    endedMs: row.ended_ms ?? row.lease_renewed_ms,
    tags: (fromOptionalColumn<string[]>(row.tags) ?? []).sort(),
    pins: pins.map(versionName),
  };
}

/** Removes a run that is as it was seen; see the contract. */
export async function deleteRun(sql: SqlRunner, seen: RunFacts, nowMs: number): Promise<boolean> {
  const run = runNumber(seen.run);
  // A resume and a promote come before this or find no run.
  await lockRun(sql, run);
  const row = (await sql.all<FactsRow>(`${factsSql} where run = ?`, run))[0];
  if (row === undefined || isHeld(row, nowMs)) return false;
  if (!isDeepStrictEqual(factsOf(row, nowMs), seen)) return false;
  const promoted = "select version from data_set_versions where namespace = ? and run = ? limit 1";
  if ((await sql.all(promoted, productionNamespace, run)).length > 0) return false;
  await addUsageDays(sql, run);
  for (const table of ["data_set_outputs", "attempts", "tasks", "steps", "run_tags", "runs"])
    await sql.run(`delete from ${table} where run = ?`, run);
  return true;
}
