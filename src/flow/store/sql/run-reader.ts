import { KindredError } from "../../../base/index.ts";
import type {
  RunHead,
  RunRecord,
  RunSummary,
  StepCounts,
  StoredArtifact,
  TaskDetail,
  TaskRecord,
  TaskStatus,
} from "../../run-record.ts";
import type { MetadataReader, RunFilter, StepPast, StepTimes, StoredStep, TaskFilter } from "../metadata-store.ts";
import { whereAll } from "./conditions.ts";
import { headOf, stepOf, summaryOf } from "./records.ts";
import type { ListedRow, RunRow, StepRow, TaskRow } from "./rows.ts";
import { noRun, runNumber } from "./run-number.ts";
import { runSelection, runsSql } from "./run-selection.ts";
import { itemsPlace, stepPlace, taskPlace, unsealedArtifact, unsealedOptional } from "./seal.ts";
import type { SqlPort } from "./sql-port.ts";
import { readTimes } from "./step-times.ts";
import { tasksOf, withAttempts } from "./task-rows.ts";

/** Reads run metadata from SQL. */
export class RunReader implements MetadataReader {
  protected readonly port: SqlPort;

  constructor(port: SqlPort) {
    this.port = port;
  }

  async listRuns(filter: RunFilter): Promise<readonly RunSummary[]> {
    const { sql, values } = runSelection(filter);
    const nowMs = await this.port.sharedNowMs();
    return (await this.port.all<ListedRow>(sql, ...values)).map((row) => summaryOf(row, nowMs));
  }

  async readHead(run: string): Promise<RunHead> {
    const row = (await this.port.all<RunRow>(`${runsSql} where run = ?`, runNumber(run)))[0];
    if (row === undefined) throw noRun(run);
    return headOf(row, await this.port.sharedNowMs());
  }

  async readClusterRuns(runs: readonly string[]): Promise<readonly RunHead[]> {
    const sql = `${runsSql} where run in (select cast(given.value ->> 'run' as bigint) from {given})
      and status = 'running' and lease_workflow is not null order by run desc`;
    const asked = JSON.stringify(runs.map((run) => ({ run: runNumber(run) })));
    const nowMs = await this.port.sharedNowMs();
    return (await this.port.all<RunRow>(sql, asked)).map((row) => headOf(row, nowMs));
  }

  async readRun(run: string): Promise<RunRecord> {
    const head = await this.readHead(run);
    const isRunning = head.status === "running";
    const tasks = await tasksOf(this.port, runNumber(run), isRunning);
    const steps = (await this.stepRows(run)).map((row) => ({
      ...stepOf(row, isRunning),
      tasks: tasks.get(row.position) ?? [],
    }));
    return { ...head, steps };
  }

  async readSteps(run: string): Promise<readonly StepCounts[]> {
    const isRunning = (await this.readHead(run)).status === "running";
    const sql = `select position, status, count(*) as tasks, sum(attempts) as attempts from tasks
      where run = ? and item >= 0 group by position, status`;
    const counts = await this.port.all<CountRow>(sql, runNumber(run));
    return (await this.stepRows(run)).map((row) => ({
      ...stepOf(row, isRunning),
      ...countsOf(counts.filter(({ position }) => position === row.position)),
    }));
  }

  async readTasks(run: string, { step, status, after, limit }: TaskFilter): Promise<readonly TaskRecord[]> {
    const isRunning = (await this.readHead(run)).status === "running";
    const { position } = await this.stepRow(run, step);
    const { where, values } = whereAll([
      ["run = ?", runNumber(run)],
      ["position = ?", position],
      ["item > ?", after],
      ["status = ?", status],
    ]);
    const sql = `select position, item, key, status from tasks ${where} order by item limit ?`;
    const rows = await this.port.all<TaskRow>(sql, ...values, limit);
    return withAttempts(this.port, runNumber(run), rows, isRunning);
  }

  async readTask(run: string, step: string, key: string): Promise<TaskDetail> {
    const isRunning = (await this.readHead(run)).status === "running";
    const { position } = await this.stepRow(run, step);
    const sql = "select * from tasks where run = ? and position = ? and key = ? order by item desc limit 1";
    const rows = await this.port.all<TaskRow>(sql, runNumber(run), position, key);
    const task = (await withAttempts(this.port, runNumber(run), rows, isRunning))[0];
    if (task !== undefined)
      return { ...task, artifact: unsealedOptional(taskPlace(position, task.index), rows[0]?.artifact ?? null) };
    const hint = `kindred show ${run}/${step} lists them`;
    throw new KindredError("not-found", { seen: `no task "${key}" that began`, hint, where: { run, step } });
  }

  async readPast(run: string): Promise<ReadonlyMap<string, StepPast>> {
    const done = new Map<number, number[]>();
    const sql = `select position, item from tasks
      where run = ? and status in ('done', 'caught') and item >= 0 order by position, item`;
    for (const { position, item } of await this.port.all<TaskRow>(sql, runNumber(run))) {
      const list = done.get(position);
      if (list === undefined) done.set(position, [item]);
      else list.push(item);
    }
    const past = (row: StepRow): StepPast => ({ ...storedStepOf(row), done: done.get(row.position) ?? [] });
    return new Map((await this.stepRows(run)).map((row) => [row.step, past(row)]));
  }

  async readStoredSteps(run: string): Promise<ReadonlyMap<string, StoredStep>> {
    return new Map((await this.stepRows(run)).map((row) => [row.step, storedStepOf(row)]));
  }

  async readSettled(run: string, step: string, start: number, end: number): Promise<readonly number[]> {
    const { position } = await this.stepRow(run, step);
    const sql = `select item from tasks
      where run = ? and position = ? and item >= ? and item < ? and status in ('done', 'caught') order by item`;
    const rows = await this.port.all<{ readonly item: number }>(sql, runNumber(run), position, start, end);
    return rows.map(({ item }) => item);
  }

  async readTimes(run: string, step: string, limit: number): Promise<StepTimes | null> {
    return readTimes(this.port, runNumber(run), step, limit);
  }

  async readOutcomes(run: string, step: string): Promise<readonly StoredArtifact[]> {
    const { position } = await this.stepRow(run, step);
    const sql = `select item, artifact from tasks
      where run = ? and position = ? and item >= 0 and status in ('done', 'caught') order by item`;
    const rows = await this.port.all<{ readonly item: number; readonly artifact: string }>(
      sql,
      runNumber(run),
      position,
    );
    return rows.map(({ item, artifact }) => unsealedArtifact(taskPlace(position, item), artifact));
  }

  private async stepRows(run: string): Promise<StepRow[]> {
    return this.port.all<StepRow>("select * from steps where run = ? order by position", runNumber(run));
  }

  private async stepRow(run: string, step: string): Promise<StepRow> {
    const rows = await this.stepRows(run);
    const row = rows.find((each) => each.step === step);
    if (row !== undefined) return row;
    const expected = rows.length === 0 ? "a run that exists" : `one of ${rows.map((each) => each.step).join(", ")}`;
    throw new KindredError("not-found", { seen: `no step "${step}"`, expected, where: { run } });
  }
}

function storedStepOf({ position, width, items, artifact }: StepRow): StoredStep {
  return {
    width,
    items: unsealedOptional(itemsPlace(position), items),
    artifact: unsealedOptional(stepPlace(position), artifact),
  };
}

interface CountRow {
  readonly position: number;
  readonly status: TaskStatus;
  readonly tasks: number;
  readonly attempts: number;
}

function countsOf(rows: readonly CountRow[]): Pick<StepCounts, "tasks" | "attempts"> {
  const tasks = { waiting: 0, running: 0, done: 0, caught: 0, failed: 0 };
  for (const { status, tasks: count } of rows) tasks[status] = count;
  return { tasks, attempts: rows.reduce((sum, { attempts }) => sum + attempts, 0) };
}
