import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Clock, diskError, type ErrorJson, KindredError } from "../../../base/index.ts";
import type { RunCode, StoredArtifact } from "../../run-record.ts";
import { needsPlan, type StepGraph } from "../../step-graph.ts";
import type {
  AttemptBegin,
  AttemptEnd,
  LeaseClaim,
  MetadataStore,
  NewRun,
  RunLease,
  TaskCatch,
} from "../../store/metadata-store.ts";
import { openDatabase } from "./database.ts";
import { isHeld, type LeaseRow } from "./lease.ts";
import { runNumber } from "./rows.ts";
import { SqliteReader } from "./sqlite-reader.ts";

type Value = string | number | null;

/** Run metadata in one SQLite file. Every write checks the lease in its own transaction, so a zombie cannot write. */
export class SqliteStore extends SqliteReader implements MetadataStore {
  private readonly file: DatabaseSync;
  private readonly time: Clock;
  private readonly statements = new Map<string, StatementSync>();

  constructor(path: string, clock: Clock) {
    const database = openDatabase(path);
    super(database, clock);
    this.file = database;
    this.time = clock;
  }

  async createRun(run: NewRun, claim: LeaseClaim): Promise<RunLease> {
    return this.transaction(() => {
      const nowMs = this.time.nowMs();
      const { lastInsertRowid } = this.run(
        `insert into runs (flow, project, params, labels, graph, code, status, created_ms, lease_owner, lease_pid, lease_host, lease_renewed_ms)
         values (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)`,
        ...[run.graph.flow, run.graph.project, JSON.stringify(run.params), JSON.stringify(run.labels)],
        ...[JSON.stringify(run.graph), JSON.stringify(run.code), nowMs, claim.owner, claim.pid, claim.hostName, nowMs],
      );
      this.insertSteps(Number(lastInsertRowid), run.graph, 0);
      return { run: String(lastInsertRowid), owner: claim.owner };
    });
  }

  async claimRun(run: string, claim: LeaseClaim): Promise<RunLease> {
    return this.transaction(() => {
      const number = runNumber(run);
      const row = this.get("select * from runs where run = ?", number) as LeaseRow | undefined;
      if (row === undefined)
        throw new KindredError("not-found", { seen: `no run ${run}`, hint: "kindred runs lists them" });
      if (isHeld(row, this.time.nowMs()))
        throw lockedError(run, `is running in process ${row.lease_pid} on ${row.lease_host}`);
      const lost = "update attempts set status = 'lost', ended_ms = ? where run = ? and status = 'running'";
      this.run(lost, row.lease_renewed_ms, number);
      this.run("update tasks set status = 'waiting' where run = ? and status not in ('done', 'caught')", number);
      this.run("update steps set status = 'waiting' where run = ? and status not in ('done', 'skipped')", number);
      this.run(
        `update runs set status = 'running', error = null, ended_ms = null,
         lease_owner = ?, lease_pid = ?, lease_host = ?, lease_renewed_ms = ? where run = ?`,
        ...[claim.owner, claim.pid, claim.hostName, this.time.nowMs(), number],
      );
      return { run, owner: claim.owner };
    });
  }

  async renewLease(lease: RunLease): Promise<boolean> {
    const sql = "update runs set lease_renewed_ms = ? where run = ? and lease_owner = ?";
    return this.run(sql, this.time.nowMs(), runNumber(lease.run), lease.owner).changes === 1;
  }

  async beginStep(lease: RunLease, step: string): Promise<void> {
    const sql = "update steps set status = 'running', started_ms = coalesce(started_ms, ?) where run = ? and step = ?";
    this.underLease(lease, (run) => this.run(sql, this.time.nowMs(), run, step));
  }

  async recordItems(lease: RunLease, step: string, items: StoredArtifact, width: number): Promise<void> {
    const sql = "update steps set items = ?, width = ? where run = ? and step = ?";
    this.underLease(lease, (run) => this.run(sql, JSON.stringify(items), width, run, step));
  }

  async beginAttempt(lease: RunLease, begin: AttemptBegin): Promise<number> {
    return this.underLease(lease, (run) => {
      const position = this.positionOf(run, begin.step);
      const row = this.get(
        `insert into tasks (run, position, item, key, status, attempts) values (?, ?, ?, ?, 'running', 1)
         on conflict do update set status = 'running', attempts = attempts + 1 where status not in ('done', 'caught') returning attempts`,
        ...[run, position, begin.index, begin.key],
      );
      if (row === undefined)
        throw lockedError(lease.run, `has a finished task ${begin.step}/${begin.key}: it must not begin again`);
      const attempt = (row as { attempts: number }).attempts;
      this.run(
        `insert into attempts (run, position, item, attempt, status, started_ms, worker_pid) values (?, ?, ?, ?, 'running', ?, ?)`,
        ...[run, position, begin.index, attempt, this.time.nowMs(), begin.workerPid],
      );
      return attempt;
    });
  }

  async endAttempt(lease: RunLease, end: AttemptEnd): Promise<void> {
    this.underLease(lease, (run) => {
      const position = this.positionOf(run, end.step);
      const { usage } = end;
      const { changes } = this.run(
        `update attempts set status = ?, ended_ms = ?, cpu_seconds = ?, peak_rss_bytes = ?, blob_read_bytes = ?,
         blob_written_bytes = ?, progress = ?, error = ?
         where run = ? and position = ? and item = ? and attempt = ? and status = 'running'`,
        ...[end.status, this.time.nowMs(), usage?.cpuSeconds ?? null, usage?.peakRssBytes ?? null],
        ...[usage?.blobReadBytes ?? null, usage?.blobWrittenBytes ?? null, toColumn(end.progress), toColumn(end.error)],
        ...[run, position, end.index, end.attempt],
      );
      if (changes !== 1)
        throw lockedError(lease.run, `no longer waits for attempt ${end.attempt} of ${end.step}/${end.index}`);
      const status = end.status === "done" ? "done" : end.status === "stopped" ? "waiting" : "failed";
      const sql = "update tasks set status = ?, artifact = ? where run = ? and position = ? and item = ?";
      this.run(sql, status, toColumn(end.artifact), run, position, end.index);
    });
  }

  async catchTask(lease: RunLease, { step, index, attempt, artifact }: TaskCatch): Promise<void> {
    this.underLease(lease, (run) => {
      const sql = `update tasks set status = 'caught', artifact = ?
        where run = ? and position = ? and item = ? and attempts = ? and status = 'failed'`;
      const { changes } = this.run(sql, JSON.stringify(artifact), ...[run, this.positionOf(run, step), index, attempt]);
      if (changes !== 1) throw lockedError(lease.run, `has no failed attempt ${attempt} of ${step}/${index} to catch`);
    });
  }

  async closeStep(lease: RunLease, step: string, artifact: StoredArtifact, status: "done" | "skipped"): Promise<void> {
    const sql = "update steps set status = ?, artifact = ?, ended_ms = ? where run = ? and step = ?";
    this.underLease(lease, (run) => this.run(sql, status, JSON.stringify(artifact), this.time.nowMs(), run, step));
  }

  async failStep(lease: RunLease, step: string): Promise<void> {
    const sql = "update steps set status = 'failed', ended_ms = ? where run = ? and step = ?";
    this.underLease(lease, (run) => this.run(sql, this.time.nowMs(), run, step));
  }

  async endRun(lease: RunLease, status: "done" | "failed" | "interrupted", error: ErrorJson | null): Promise<void> {
    const sql = "update runs set status = ?, error = ?, ended_ms = ?, lease_owner = null where run = ?";
    this.underLease(lease, (run) => this.run(sql, status, toColumn(error), this.time.nowMs(), run));
  }

  async replaceCode(lease: RunLease, graph: StepGraph, code: RunCode, keptSteps: number): Promise<void> {
    this.underLease(lease, (run) => {
      for (const table of ["attempts", "tasks", "steps"]) {
        this.run(`delete from ${table} where run = ? and position >= ?`, run, keptSteps);
      }
      this.insertSteps(run, graph, keptSteps);
      this.run("update runs set graph = ?, code = ? where run = ?", JSON.stringify(graph), JSON.stringify(code), run);
    });
  }

  async close(): Promise<void> {
    this.file.close();
  }

  private insertSteps(run: number, graph: StepGraph, from: number): void {
    const sql = "insert into steps (run, position, step, kind, status, width) values (?, ?, ?, ?, 'waiting', ?)";
    for (const [position, step] of graph.steps.entries()) {
      if (position >= from) this.run(sql, run, position, step.name, step.kind, needsPlan(step) ? null : 1);
    }
  }

  private positionOf(run: number, step: string): number {
    const row = this.get("select position from steps where run = ? and step = ?", run, step);
    return (row as { position: number }).position;
  }

  private underLease<T>(lease: RunLease, write: (run: number) => T): T {
    return this.transaction(() => {
      const run = runNumber(lease.run);
      const row = this.get("select lease_owner from runs where run = ?", run) as
        | { lease_owner: string | null }
        | undefined;
      if (row?.lease_owner === lease.owner) return write(run);
      throw lockedError(
        lease.run,
        "was taken over by another scheduler, since this one did not renew its lease in time",
      );
    });
  }

  private transaction<T>(write: () => T): T {
    this.run("begin immediate");
    try {
      const result = write();
      this.run("commit");
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.database.isTransaction) this.run("rollback");
      throw diskError(error, this.database.location() ?? "");
    }
  }

  private run(sql: string, ...values: Value[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.prepared(sql).run(...values);
  }

  private get(sql: string, ...values: Value[]): unknown {
    return this.prepared(sql).get(...values);
  }

  private prepared(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.file.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function lockedError(run: string, seen: string): KindredError {
  return new KindredError("run-locked", {
    seen: `the run ${seen}`,
    expected: "a run that nobody runs",
    hint: "Wait for it, or stop that one first",
    where: { run },
  });
}

function toColumn(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
