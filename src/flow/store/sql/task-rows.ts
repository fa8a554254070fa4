import type { AttemptRecord, TaskRecord } from "../../run-record.ts";
import { attemptOf, settled } from "./records.ts";
import type { AttemptRow, TaskRow } from "./rows.ts";
import type { SqlRunner } from "./sql-port.ts";

/** All tasks of a run with their attempts, by the position of their step, in the order of the items. */
export async function tasksOf(sql: SqlRunner, run: number, isRunning: boolean): Promise<Map<number, TaskRecord[]>> {
  const attempts = "select * from attempts where run = ? order by position, item, attempt";
  const byTask = grouped(await sql.all<AttemptRow>(attempts, run), isRunning);
  const tasks = new Map<number, TaskRecord[]>();
  const rows = "select position, item, key, status from tasks where run = ? order by position, item";
  for (const row of await sql.all<TaskRow>(rows, run)) {
    const task = taskOf(row, byTask, isRunning);
    const list = tasks.get(row.position);
    if (list === undefined) tasks.set(row.position, [task]);
    else list.push(task);
  }
  return tasks;
}

/** Some tasks of one step with their attempts. */
export async function withAttempts(
  sql: SqlRunner,
  run: number,
  rows: readonly TaskRow[],
  isRunning: boolean,
): Promise<TaskRecord[]> {
  const asked = JSON.stringify(rows.map(({ item }) => ({ item })));
  const attempts = `select * from attempts where run = ? and position = ?
    and item in (select cast(given.value ->> 'item' as bigint) from {given}) order by item, attempt`;
  const found = await sql.all<AttemptRow>(attempts, run, rows[0]?.position ?? 0, asked);
  const byTask = grouped(found, isRunning);
  return rows.map((row) => taskOf(row, byTask, isRunning));
}

function grouped(rows: readonly AttemptRow[], isRunning: boolean): Map<string, AttemptRecord[]> {
  const byTask = new Map<string, AttemptRecord[]>();
  for (const row of rows) {
    const task = `${row.position}/${row.item}`;
    const list = byTask.get(task);
    if (list === undefined) byTask.set(task, [attemptOf(row, isRunning)]);
    else list.push(attemptOf(row, isRunning));
  }
  return byTask;
}

function taskOf(row: TaskRow, byTask: ReadonlyMap<string, AttemptRecord[]>, isRunning: boolean): TaskRecord {
  const attempts = byTask.get(`${row.position}/${row.item}`) ?? [];
  return { index: row.item, key: row.key, status: settled<TaskRecord["status"]>(row.status, isRunning), attempts };
}
