import type { AttemptBegin, AttemptEnd } from "../metadata-store.ts";
import { insertOutputs } from "./data-set-writes.ts";
import { toColumn } from "./json-column.ts";
import { itemsPlace, sealedArtifact, taskPlace } from "./seal.ts";
import type { SqlRunner } from "./sql-port.ts";

/** A task, by numbers. */
export interface TaskPlace {
  readonly run: number;
  readonly position: number;
  readonly item: number;
}

/** An attempt to begin, and its task. */
export type PlacedBegin = TaskPlace & AttemptBegin;

/** An attempt to end, and its task. */
export type PlacedEnd = TaskPlace & AttemptEnd;

/** One text for a task. */
export function placeText({ run, position, item }: TaskPlace): string {
  return `${run}/${position}/${item}`;
}

const givenPlace = ["run", "position", "item"].map((name) => `cast(given.value ->> '${name}' as bigint)`).join(", ");

function sameTask(table: string): string {
  return `${table}.run = cast(given.value ->> 'run' as bigint) and ${table}.position = cast(given.value ->> 'position' as bigint)
    and ${table}.item = cast(given.value ->> 'item' as bigint)`;
}

const upsertTasks = `insert into tasks (run, position, item, key, status, attempts)
  select ${givenPlace}, given.value ->> 'key', 'running', 1 from {given} where true
  on conflict (run, position, item) do update set key = excluded.key, status = 'running', attempts = tasks.attempts + 1
  where tasks.status not in ('done', 'caught') returning run, position, item, attempts`;

const insertAttempts = `insert into attempts (run, position, item, attempt, status, started_ms, worker_pid, worker_host)
  select ${givenPlace}, cast(given.value ->> 'attempt' as bigint), 'running', cast(given.value ->> 'nowMs' as bigint),
    cast(given.value ->> 'workerPid' as bigint), given.value ->> 'workerHost' from {given}`;

const supersede = `update attempts set status = 'lost', ended_ms = ?
  where run = ? and position = ? and item = ? and attempt < ? and status = 'running'`;

interface BegunRow extends TaskPlace {
  readonly attempts: number;
}

/** Begins attempts of different tasks. Returns their numbers by the text of the task; a task that is done has none. */
export async function beginAttempts(
  sql: SqlRunner,
  begins: readonly PlacedBegin[],
  nowMs: number,
): Promise<ReadonlyMap<string, number>> {
  const begun = await sql.all<BegunRow>(upsertTasks, JSON.stringify(begins));
  const numbers = new Map(begun.map((row) => [placeText(row), row.attempts]));
  const attempts = begins.flatMap((begin) => {
    const attempt = numbers.get(placeText(begin));
    return attempt === undefined ? [] : [{ ...begin, key: undefined, attempt, nowMs }];
  });
  if (attempts.length > 0) await sql.run(insertAttempts, JSON.stringify(attempts));
  for (const { run, position, item, attempts: attempt } of begun) {
    if (attempt > 1) await sql.run(supersede, nowMs, run, position, item, attempt);
  }
  return numbers;
}

const endTasks = `update tasks set status = given.value ->> 'taskStatus', artifact = given.value ->> 'artifact' from {given}
  where ${sameTask("tasks")} and tasks.attempts = cast(given.value ->> 'attempt' as bigint) and tasks.status = 'running'
  returning tasks.run, tasks.position, tasks.item`;

const endRunningAttempts = `update attempts set status = given.value ->> 'status', ended_ms = cast(given.value ->> 'nowMs' as bigint),
    started_ms = coalesce(cast(given.value ->> 'startedMs' as bigint), started_ms),
    cpu_seconds = cast(given.value ->> 'cpuSeconds' as double precision),
    peak_rss_bytes = cast(given.value ->> 'peakRssBytes' as bigint),
    blob_read_bytes = cast(given.value ->> 'blobReadBytes' as bigint),
    blob_written_bytes = cast(given.value ->> 'blobWrittenBytes' as bigint),
    progress = given.value ->> 'progress', error = given.value ->> 'error', card = given.value ->> 'card',
    facts = given.value ->> 'facts', model_tokens = cast(given.value ->> 'modelTokens' as bigint),
    money = cast(given.value ->> 'money' as double precision), log = coalesce(given.value ->> 'log', attempts.log) from {given}
  where ${sameTask("attempts")} and attempts.attempt = cast(given.value ->> 'attempt' as bigint)`;

/** Ends attempts of different tasks. Returns the texts of those tasks whose running attempt it was. */
export async function endAttempts(
  sql: SqlRunner,
  ends: readonly PlacedEnd[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const rows = ends.map(rowOf);
  const accepted = await sql.all<TaskPlace>(endTasks, JSON.stringify(rows));
  const places = new Set(accepted.map(placeText));
  const attempts = rows
    .filter((row) => places.has(placeText(row)))
    .map(({ artifact: _, ...row }) => ({ ...row, nowMs }));
  if (attempts.length > 0) await sql.run(endRunningAttempts, JSON.stringify(attempts));
  for (const end of ends) if (places.has(placeText(end))) await recordPlan(sql, end);
  await insertOutputs(
    sql,
    ends.filter((end) => end.status === "done" && places.has(placeText(end))),
  );
  return places;
}

/** What a plan found out is recorded with its end: were it alone, a crash between both would leave a step planned by a task that never ended. */
async function recordPlan(sql: SqlRunner, { run, position, plan, artifact }: PlacedEnd): Promise<void> {
  if (plan === null || plan === undefined || artifact === null) return;
  const recorded = "update steps set items = ?, width = ? where run = ? and position = ?";
  await sql.run(recorded, sealedArtifact(itemsPlace(position), artifact), plan.width, run, position);
}

const sameEnd = `select 1 as same from tasks join attempts using (run, position, item)
  where run = ? and position = ? and item = ? and attempt = ? and tasks.attempts = attempt and attempts.status = ?
  and coalesce(artifact, '') = ?`;

/** True when just this end was committed before, which whoever asked was not told because the connection broke. */
export async function isEnded(sql: SqlRunner, end: PlacedEnd): Promise<boolean> {
  const { run, position, item, attempt, status } = end;
  const rows = await sql.all(sameEnd, run, position, item, attempt, status, artifactColumn(end) ?? "");
  return rows.length > 0;
}

function rowOf({ usage, progress, error, card, facts, log, dataSets: _, ...end }: PlacedEnd) {
  return {
    ...end,
    taskStatus: end.status === "done" ? "done" : end.status === "stopped" ? "waiting" : "failed",
    ...usage,
    progress: toColumn(progress),
    error: toColumn(error),
    artifact: artifactColumn(end),
    card: toColumn(card),
    facts: toColumn(facts),
    log: toColumn(log ?? null),
  };
}

function artifactColumn({
  position,
  item,
  artifact,
}: Pick<PlacedEnd, "position" | "item" | "artifact">): string | null {
  return artifact === null ? null : sealedArtifact(taskPlace(position, item), artifact);
}
