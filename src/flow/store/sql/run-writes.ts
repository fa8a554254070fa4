import { assertNamespace } from "../../namespace/namespace-name.ts";
import type { RunCode } from "../../run-record.ts";
import { needsPlan, type StepGraph } from "../../step-graph.ts";
import type { LeaseClaim, NewRun } from "../metadata-store.ts";
import { resolveDataSets } from "./data-sets.ts";
import { lockedError, lockRun } from "./fence.ts";
import { holderOf, holderText, isHeld, type LeaseRow, leaseColumns, leaseValues } from "./lease.ts";
import { assertMayRun, type GuardedRun, projectOf } from "./production-guard.ts";
import { noRun } from "./run-number.ts";
import { sealedCode } from "./seal.ts";
import type { SqlRunner, SqlValue } from "./sql-port.ts";
import { insertTags } from "./tags.ts";
import { insertFiring } from "./triggers.ts";

/** When a run is made, by the clock of this process and the one that leases go by; and whether it may be there already. */
export interface RunMoment {
  readonly createdMs: number;
  readonly nowMs: number;
  readonly repeated: boolean;
}

/** Makes a run that the claim holds, with its steps. Returns its number. */
export async function insertRun(
  sql: SqlRunner,
  run: NewRun,
  claim: LeaseClaim,
  { createdMs, nowMs, repeated }: RunMoment,
): Promise<number> {
  if (repeated) {
    const made = await sql.all<{ readonly run: number }>("select run from runs where lease_owner = ?", claim.owner);
    if (made[0] !== undefined) return made[0].run;
  }
  const { namespace, branch, user, tags } = run.labels;
  const { project } = run.graph;
  if (namespace !== undefined) assertNamespace(namespace, branch);
  await assertMayRun(sql, { namespace: namespace ?? null, project }, claim.productionToken);
  const pins = namespace === undefined ? [] : await resolveDataSets(sql, projectOf(project), namespace);
  const [params, graph] = [JSON.stringify(run.params), JSON.stringify(run.graph)];
  const values: Readonly<Record<string, SqlValue>> = {
    flow: run.graph.flow,
    project,
    params,
    namespace: namespace ?? null,
    branch: branch ?? null,
    user_name: user ?? null,
    graph,
    code: sealedCode(run.code, params, graph),
    pins: JSON.stringify(pins),
    inputs: run.inputs === undefined ? null : JSON.stringify(run.inputs),
    status: "running",
    created_ms: createdMs,
  };
  const columns = [...Object.keys(values), ...leaseColumns];
  const inserted = `insert into runs (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")}) returning run`;
  const rows = await sql.all<{ readonly run: number }>(
    inserted,
    ...Object.values(values),
    ...leaseValues(claim, nowMs),
  );
  const number = (rows[0] as { readonly run: number }).run;
  await insertSteps(sql, number, run.graph, new Set());
  await insertTags(sql, number, tags ?? []);
  if (run.firing !== undefined) await insertFiring(sql, run.firing, number);
  return number;
}

/** Takes a run over for a claim, unless it is done: false. @throws not-found; run-locked while another holds it; refused */
export async function takeRun(sql: SqlRunner, run: number, claim: LeaseClaim, nowMs: number): Promise<boolean> {
  await lockRun(sql, run);
  const row = (await sql.all<LeaseRow & GuardedRun>("select * from runs where run = ?", run))[0];
  if (row === undefined) throw noRun(String(run));
  if (row.status === "done") return false;
  if (row.lease_owner !== claim.owner) {
    await assertMayRun(sql, row, claim.productionToken);
    if (isHeld(row, nowMs)) throw lockedError(String(run), `is running ${holderText(holderOf(row))}`);
  }
  const lost = "update attempts set status = 'lost', ended_ms = ? where run = ? and status = 'running'";
  await sql.run(lost, row.lease_renewed_ms, run);
  await sql.run("update tasks set status = 'waiting' where run = ? and status not in ('done', 'caught')", run);
  await sql.run("update steps set status = 'waiting' where run = ? and status not in ('done', 'skipped')", run);
  const columns = leaseColumns.map((column) => `${column} = ?`).join(", ");
  const taken = `update runs set status = 'running', error = null, ended_ms = null, ${columns} where run = ?`;
  await sql.run(taken, ...leaseValues(claim, nowMs), run);
  return true;
}

/** Pins a run to other code. */
export async function pinCode(sql: SqlRunner, run: number, graph: StepGraph, code: RunCode): Promise<void> {
  const [row] = await sql.all<{ readonly params: string }>("select params from runs where run = ?", run);
  if (row === undefined) throw noRun(String(run));
  const graphText = JSON.stringify(graph);
  const pinned = "update runs set graph = ?, code = ? where run = ?";
  await sql.run(pinned, graphText, sealedCode(code, row.params, graphText), run);
}

/** Forgets the steps of a run with all that they came to, `kept` aside, and makes those of the graph in their place. */
export async function replaceSteps(
  sql: SqlRunner,
  run: number,
  graph: StepGraph,
  kept: ReadonlySet<string>,
): Promise<void> {
  const asked = "select position, step from steps where run = ?";
  const steps = await sql.all<{ readonly position: number; readonly step: string }>(asked, run);
  for (const { position, step } of steps) {
    if (kept.has(step)) continue;
    for (const table of ["data_set_outputs", "attempts", "tasks", "steps"])
      await sql.run(`delete from ${table} where run = ? and position = ?`, run, position);
  }
  await insertSteps(sql, run, graph, kept);
}

/** Makes the steps of a run that are not there. */
async function insertSteps(sql: SqlRunner, run: number, graph: StepGraph, there: ReadonlySet<string>): Promise<void> {
  const inserted = "insert into steps (run, position, step, kind, status, width) values (?, ?, ?, ?, 'waiting', ?)";
  for (const [position, step] of graph.steps.entries()) {
    if (there.has(step.name)) continue;
    await sql.run(inserted, run, position, step.name, step.kind, needsPlan(step) ? null : 1);
  }
}
