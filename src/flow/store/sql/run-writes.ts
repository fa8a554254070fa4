import { assertNamespace } from "../../namespace/namespace-name.ts";
import { needsPlan, type StepGraph } from "../../step-graph.ts";
import type { LeaseClaim, NewRun } from "../metadata-store.ts";
import { resolveDataSets } from "./data-sets.ts";
import { leaseColumns, leaseValues } from "./lease.ts";
import { assertMayRun, projectOf } from "./production-guard.ts";
import { sealedCode } from "./seal.ts";
import type { SqlRunner, SqlValue } from "./sql-port.ts";
import { insertFiring } from "./sql-triggers.ts";
import { insertTags } from "./tags.ts";

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
