import type { StepTimes } from "../metadata-store.ts";
import type { SqlRunner } from "./sql-port.ts";

const earlierStep = `select steps.run, steps.position from steps join runs on runs.run = steps.run
  where runs.flow = (select flow from runs where run = ?) and runs.run < ? and steps.step = ? and steps.status = 'done'
  order by steps.run desc limit 1`;

const doneAttempts = `from tasks join attempts on attempts.run = tasks.run and attempts.position = tasks.position
    and attempts.item = tasks.item and attempts.attempt = tasks.attempts
  where tasks.run = ? and tasks.position = ? and tasks.item >= 0 and tasks.status = 'done'`;

const meanTime = `select cast(avg(attempts.ended_ms - attempts.started_ms) as double precision) as mean ${doneAttempts}`;

const longestTimes = `select tasks.key, cast(attempts.ended_ms - attempts.started_ms as double precision) as took ${doneAttempts}
  order by took desc, tasks.item limit ?`;

/** How long the tasks of a step took in the last run before this one, of the same flow, that closed it; null when there is none. */
export async function readTimes(sql: SqlRunner, run: number, step: string, limit: number): Promise<StepTimes | null> {
  const steps = await sql.all<{ readonly run: number; readonly position: number }>(earlierStep, run, run, step);
  const earlier = steps[0];
  if (earlier === undefined) return null;
  const place = [Number(earlier.run), Number(earlier.position)] as const;
  const [total] = await sql.all<{ readonly mean: number | null }>(meanTime, ...place);
  const rows = await sql.all<{ readonly key: string; readonly took: number }>(longestTimes, ...place, limit);
  const longest = rows.map(({ key, took }) => ({ key, tookMs: Number(took) }));
  return longest.length === 0 ? null : { meanMs: Number(total?.mean ?? 0), longest };
}
