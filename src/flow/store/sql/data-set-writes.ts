import { KindredError } from "../../../base/index.ts";
import { flowLimits } from "../../limits.ts";
import type { DataSetId } from "../../namespace/data-set.ts";
import { productionNamespace } from "../../namespace/namespace-name.ts";
import type { AttemptEnd } from "../metadata-store.ts";
import { projectOf } from "./production-guard.ts";
import type { SqlRunner } from "./sql-port.ts";

/** A row of `data_set_outputs`. */
export interface OutputRow {
  readonly run: number;
  readonly name: string;
  readonly manifest: string;
}

/** Keeps what tasks that are done made, until the end of the run publishes it. */
export async function insertOutputs(
  sql: SqlRunner,
  ends: readonly (AttemptEnd & { readonly run: number; readonly position: number; readonly item: number })[],
): Promise<void> {
  const inserted = `insert into data_set_outputs (run, name, position, item, manifest) values (?, ?, ?, ?, ?)
    on conflict (run, name, position, item) do nothing`;
  for (const { run, position, item, dataSets } of ends) {
    for (const { name, manifest } of dataSets ?? [])
      await sql.run(inserted, run, name, position, item, JSON.stringify(manifest));
  }
}

/** What a run made, by name. @throws config-invalid when two of its tasks made the same */
export async function outputsOf(sql: SqlRunner, run: number): Promise<readonly OutputRow[]> {
  const asked = "select run, name, manifest from data_set_outputs where run = ? order by name, position, item";
  const rows = await sql.all<OutputRow>(asked, run);
  const twice = rows.find((row, i) => rows[i + 1]?.name === row.name);
  if (twice !== undefined) {
    throw new KindredError("config-invalid", {
      seen: `two tasks made the data set "${twice.name}"`,
      expected: "one task for each data set",
      hint: "Make it in a step that joins them, or give each a name of its own",
      where: { run: String(run) },
    });
  }
  if (rows.length > flowLimits.runDataSets) {
    const expected = `at most ${flowLimits.runDataSets}`;
    throw new KindredError("limit-exceeded", {
      seen: `${rows.length} data sets`,
      expected,
      where: { run: String(run) },
    });
  }
  return rows;
}

/** The published version of a data set, which nobody else changes until the transaction ends; 0 when there is none. */
export async function lockHead(sql: SqlRunner, { project, namespace, name }: DataSetId): Promise<number> {
  const locked = `insert into data_set_heads (project, namespace, name, version) values (?, ?, ?, 0)
    on conflict (project, namespace, name) do update set version = data_set_heads.version returning version`;
  const rows = await sql.all<{ readonly version: number }>(locked, project, namespace, name);
  return rows[0]?.version ?? 0;
}

/** Publishes one version of a data set whose head is locked. Returns its number. */
export async function publishVersion(
  sql: SqlRunner,
  { project, namespace, name }: DataSetId,
  made: { readonly output: OutputRow; readonly head: number; readonly atMs: number; readonly by: string | null },
): Promise<number> {
  const place = [project, namespace, name];
  const newest =
    "select max(version) as newest from data_set_versions where project = ? and namespace = ? and name = ?";
  const version = ((await sql.all<{ readonly newest: number | null }>(newest, ...place))[0]?.newest ?? 0) + 1;
  const inserted = `insert into data_set_versions (project, namespace, name, version, run, manifest, previous, made_ms, made_by)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { output, head, atMs, by } = made;
  const previous = head === 0 ? null : head;
  await sql.run(inserted, ...place, version, output.run, output.manifest, previous, atMs, by);
  await moveHead(sql, { project, namespace, name }, version);
  return version;
}

/** Makes a version the published one. */
export async function moveHead(
  sql: SqlRunner,
  { project, namespace, name }: DataSetId,
  version: number,
): Promise<void> {
  const moved = "update data_set_heads set version = ? where project = ? and namespace = ? and name = ?";
  await sql.run(moved, version, project, namespace, name);
}

/** The run whose outputs are published at its end. */
interface EndedRun {
  readonly project: string | null;
  readonly namespace: string | null;
  readonly user_name: string | null;
}

/** Publishes what a run made into its own namespace. Production is no run's own: what is made for it waits for its promote. */
export async function publishOutputs(sql: SqlRunner, run: number, atMs: number): Promise<void> {
  const outputs = await outputsOf(sql, run);
  if (outputs.length === 0) return;
  const asked = "select project, namespace, user_name from runs where run = ?";
  const { project, namespace, user_name: by } = (await sql.all<EndedRun>(asked, run))[0] as EndedRun;
  if (namespace === null || namespace === productionNamespace) return;
  for (const output of outputs) {
    const id = { project: projectOf(project), namespace, name: output.name };
    await publishVersion(sql, id, { output, head: await lockHead(sql, id), atMs, by });
  }
}
