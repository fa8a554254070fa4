import type { DatabaseSync } from "node:sqlite";
import { type Clock, KindredError } from "../../../base/index.ts";
import type {
  RunRecord,
  RunSummary,
  StepRecord,
  StepStatus,
  StoredArtifact,
  TaskRecord,
  TaskStatus,
} from "../../run-record.ts";
import type { StepGraph } from "../../step-graph.ts";
import type { MetadataReader, StepPast } from "../../store/metadata-store.ts";
import {
  type AttemptRow,
  attemptOf,
  codeOf,
  parseArtifact,
  type RunRow,
  runNumber,
  type StepRow,
  summaryOf,
  type TaskRow,
} from "./rows.ts";

/** Reads run metadata from SQLite. */
export class SqliteReader implements MetadataReader {
  protected readonly database: DatabaseSync;
  private readonly clock: Clock;

  constructor(database: DatabaseSync, clock: Clock) {
    this.database = database;
    this.clock = clock;
  }

  async listRuns(filter: {
    readonly flow?: string | undefined;
    readonly limit: number;
  }): Promise<readonly RunSummary[]> {
    const sql = `select * from runs ${filter.flow === undefined ? "" : "where flow = ?"} order by run desc limit ?`;
    const values = filter.flow === undefined ? [filter.limit] : [filter.flow, filter.limit];
    const nowMs = this.clock.nowMs();
    return this.all<RunRow>(sql, ...values).map((row) => summaryOf(row, nowMs));
  }

  async readRun(run: string): Promise<RunRecord> {
    const number = runNumber(run);
    const row = this.all<RunRow>("select * from runs where run = ?", number)[0];
    if (row === undefined)
      throw new KindredError("not-found", { seen: `no run ${run}`, hint: "kindred runs lists them" });
    const summary = summaryOf(row, this.clock.nowMs());
    return {
      ...summary,
      graph: JSON.parse(row.graph) as StepGraph,
      code: codeOf(row),
      steps: this.readSteps(number, summary.status === "running"),
    };
  }

  async readPast(run: string): Promise<ReadonlyMap<string, StepPast>> {
    const number = runNumber(run);
    const done = new Map<number, number[]>();
    const sql =
      "select position, item from tasks where run = ? and status in ('done', 'caught') and item >= 0 order by position, item";
    for (const { position, item } of this.all<TaskRow>(sql, number)) {
      const list = done.get(position);
      if (list === undefined) done.set(position, [item]);
      else list.push(item);
    }
    return new Map(
      this.stepRows(number).map((row) => [
        row.step,
        {
          width: row.width,
          items: parseArtifact(row.items),
          done: done.get(row.position) ?? [],
          artifact: parseArtifact(row.artifact),
        },
      ]),
    );
  }

  async readOutcomes(run: string, step: string): Promise<readonly StoredArtifact[]> {
    const sql = `select tasks.artifact from tasks join steps using (run, position)
      where run = ? and step = ? and item >= 0 and tasks.status in ('done', 'caught') order by item`;
    const rows = this.all<{ readonly artifact: string }>(sql, runNumber(run), step);
    return rows.map((row) => JSON.parse(row.artifact) as StoredArtifact);
  }

  private readSteps(run: number, isRunning: boolean): readonly StepRecord[] {
    const tasks = this.readTasks(run, isRunning);
    return this.stepRows(run).map((row) => ({
      step: row.step,
      kind: row.kind,
      status: settled<StepStatus>(row.status, isRunning),
      width: row.width,
      startedMs: row.started_ms,
      endedMs: row.ended_ms,
      artifact: parseArtifact(row.artifact),
      tasks: tasks.get(row.position) ?? [],
    }));
  }

  private readTasks(run: number, isRunning: boolean): Map<number, TaskRecord[]> {
    const attempts = new Map<string, TaskRecord["attempts"][number][]>();
    for (const row of this.all<AttemptRow>(
      "select * from attempts where run = ? order by position, item, attempt",
      run,
    )) {
      const task = `${row.position}/${row.item}`;
      const list = attempts.get(task);
      if (list === undefined) attempts.set(task, [attemptOf(row, isRunning)]);
      else list.push(attemptOf(row, isRunning));
    }
    const tasks = new Map<number, TaskRecord[]>();
    for (const row of this.all<TaskRow>("select * from tasks where run = ? order by position, item", run)) {
      const status = settled<TaskStatus>(row.status, isRunning);
      const task = {
        index: row.item,
        key: row.key,
        status,
        attempts: attempts.get(`${row.position}/${row.item}`) ?? [],
      };
      const list = tasks.get(row.position);
      if (list === undefined) tasks.set(row.position, [task]);
      else list.push(task);
    }
    return tasks;
  }

  private stepRows(run: number): StepRow[] {
    return this.all<StepRow>("select * from steps where run = ? order by position", run);
  }

  private all<Row>(sql: string, ...values: (number | string)[]): Row[] {
    return this.database.prepare(sql).all(...values) as Row[];
  }
}

/** What ran when the scheduler went away waits to be resumed. */
function settled<Status extends string>(status: string, isRunning: boolean): Status {
  return (status === "running" && !isRunning ? "waiting" : status) as Status;
}
