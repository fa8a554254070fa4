import { type Excluded, versionName } from "../../collection-store.ts";
import { type VersionRow, versionsSql } from "../data-set-rows.ts";
import type { RunRow } from "../rows.ts";
import { itemsPlace, stepPlace, taskPlace, unsealedCode, unsealedOptional } from "../seal.ts";
import type { SqlRunner, SqlValue } from "../sql-port.ts";

/** Rows of one read: a run may have a million tasks. */
const pageRows = 10_000;

type Row = Readonly<Record<string, SqlValue>>;

/** The tables of a run, each with the columns that its rows are in order by. */
const tables = [
  ["steps", ["position"]],
  ["tasks", ["position", "item"]],
  ["attempts", ["position", "item", "attempt"]],
  ["data_set_outputs", ["name", "position", "item"]],
] as const;

/**
 * Every text in the rows, run by run: whatever a column may come to hold, a blob that it names is not missed. Seals are checked on
 * the way: a hash that was damaged would take the blob that it named. Versions come last, so that what a run was made to see while
 * this reads is among them.
 */
export async function* readReferences(
  sql: SqlRunner,
  excluded: Excluded,
  rowsAtATime = pageRows,
): AsyncGenerator<readonly string[]> {
  const rows = await sql.all<{ readonly run: number }>("select run from runs order by run");
  for (const { run } of rows) {
    if (excluded.runs.has(String(run))) continue;
    const own = await sql.all<Row & RunRow>("select * from runs where run = ?", run);
    for (const { code, params, graph } of own) unsealedCode(code, params, graph);
    yield own.flatMap(textsOf);
    for (const [table, order] of tables) yield* textsOfTable(sql, table, order, { run, limit: rowsAtATime });
  }
  const versions = await sql.all<Row & VersionRow>(versionsSql);
  yield versions.filter((row) => !excluded.versions.has(versionName(row))).flatMap(textsOf);
}

async function* textsOfTable(
  sql: SqlRunner,
  table: string,
  order: readonly string[],
  { run, limit }: { readonly run: number; readonly limit: number },
): AsyncGenerator<readonly string[]> {
  const columns = order.join(", ");
  const first = `select * from ${table} where run = ? order by ${columns} limit ${limit}`;
  const next = first.replace("order by", `and (${columns}) > (${order.map(() => "?").join(", ")}) order by`);
  for (let rows = await sql.all<Row>(first, run); ; ) {
    for (const row of rows) assertSealed(table, row);
    yield rows.flatMap(textsOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    rows = await sql.all<Row>(next, run, ...order.map((column) => last[column] as SqlValue));
  }
}

function textsOf(row: Row): string[] {
  return Object.values(row).filter((value) => typeof value === "string");
}

/** @throws artifact-damaged */
function assertSealed(table: string, { position, item, artifact, items }: Row): void {
  if (table === "tasks") unsealedOptional(taskPlace(Number(position), Number(item)), artifact as string | null);
  if (table !== "steps") return;
  unsealedOptional(stepPlace(Number(position)), artifact as string | null);
  unsealedOptional(itemsPlace(Number(position)), items as string | null);
}

/** When the first of the attempts began that may be under way: those of runs that gave a sign of life since a moment. */
export async function oldestAttempt(sql: SqlRunner, aliveSinceMs: number): Promise<number | null> {
  const asked = `select min(attempts.started_ms) as oldest from attempts join runs on runs.run = attempts.run
    where runs.status = 'running' and runs.lease_renewed_ms >= ? and attempts.status = 'running'`;
  return (await sql.all<{ readonly oldest: number | null }>(asked, aliveSinceMs))[0]?.oldest ?? null;
}
