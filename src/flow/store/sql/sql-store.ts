import type { Clock, ErrorJson } from "../../../base/index.ts";
import type { RunCode, StoredArtifact } from "../../run-record.ts";
import type { StepGraph } from "../../step-graph.ts";
import type { CollectionStore } from "../collection-store.ts";
import type { DataSetStore } from "../data-set-store.ts";
import type {
  AttemptBegin,
  AttemptEnd,
  AttemptLog,
  LeaseClaim,
  MetadataStore,
  NewRun,
  RunLease,
  TaskCatch,
} from "../metadata-store.ts";
import type { TriggerStore } from "../trigger-store.ts";
import type { UsageStore } from "../usage-store.ts";
import { SqlCollection } from "./collection/sql-collection.ts";
import { publishOutputs } from "./data-set-writes.ts";
import { SqlDataSets } from "./data-sets.ts";
import { holds, lockedError, lostLease } from "./fence.ts";
import { GroupCommit } from "./group-commit.ts";
import { toColumn } from "./json-column.ts";
import { migrate } from "./migrate.ts";
import { runNumber } from "./run-number.ts";
import { RunReader } from "./run-reader.ts";
import { insertRun, pinCode, replaceSteps, takeRun } from "./run-writes.ts";
import { migrations } from "./schema/migrations.ts";
import { sealedArtifact, stepPlace, taskPlace } from "./seal.ts";
import type { SqlPort, SqlRunner } from "./sql-port.ts";
import { StepPositions } from "./step-positions.ts";
import { insertTags } from "./tags.ts";
import { SqlTriggers } from "./triggers.ts";
import { SqlUsage } from "./usage.ts";

/** Run metadata in SQL. Every write checks the lease in its own transaction, so a zombie cannot write. */
export class SqlStore extends RunReader implements MetadataStore {
  readonly dataSets: DataSetStore;
  readonly triggers: TriggerStore;
  readonly usage: UsageStore;
  readonly collection: CollectionStore;
  private readonly clock: Clock;
  private readonly positions = new StepPositions();
  private readonly attempts: GroupCommit;

  private constructor(port: SqlPort, clock: Clock) {
    super(port);
    this.triggers = new SqlTriggers(port);
    this.clock = clock;
    this.attempts = new GroupCommit(port, clock, this.positions);
    this.dataSets = new SqlDataSets(port, clock);
    this.usage = new SqlUsage(port);
    this.collection = new SqlCollection(port, clock);
  }

  /** Opens the metadata in a database, bringing its schema up to date. The port is closed with it. @throws output-refused */
  static async open(port: SqlPort, clock: Clock): Promise<SqlStore> {
    try {
      await migrate(port, migrations);
      return new SqlStore(port, clock);
    } catch (error) {
      await port.close();
      throw error;
    }
  }

  get place(): string {
    return this.port.place;
  }

  async createRun(run: NewRun, claim: LeaseClaim): Promise<RunLease> {
    const nowMs = await this.port.sharedNowMs();
    return this.port.transaction(async (sql, repeated) => {
      const number = await insertRun(sql, run, claim, { createdMs: this.clock.nowMs(), nowMs, repeated });
      return { run: String(number), owner: claim.owner };
    });
  }

  async claimRun(run: string, claim: LeaseClaim): Promise<RunLease | null> {
    const number = runNumber(run);
    await this.port.checkWhole();
    const nowMs = await this.port.sharedNowMs();
    const isTaken = await this.port.transaction((sql) => takeRun(sql, number, claim, nowMs));
    return isTaken ? { run, owner: claim.owner } : null;
  }

  async renewLease({ run, owner }: RunLease): Promise<boolean> {
    const nowMs = await this.port.sharedNowMs();
    const sql = "update runs set lease_renewed_ms = ? where run = ? and lease_owner = ?";
    return (await this.port.run(sql, nowMs, runNumber(run), owner)) === 1;
  }

  async beginStep(lease: RunLease, step: string): Promise<void> {
    const begun =
      "update steps set status = 'running', started_ms = coalesce(started_ms, ?) where run = ? and step = ?";
    await this.underLease(lease, (sql, run) => sql.run(begun, this.clock.nowMs(), run, step));
  }

  async beginAttempt(lease: RunLease, begin: AttemptBegin): Promise<number> {
    return this.attempts.begin(lease, begin);
  }

  async endAttempt(lease: RunLease, end: AttemptEnd): Promise<void> {
    return this.attempts.end(lease, end);
  }

  async keepLog(lease: RunLease, { step, index, attempt, log }: AttemptLog): Promise<void> {
    const kept = `update attempts set log = ?
      where run = ? and position = ? and item = ? and attempt = ? and status = 'running'`;
    await this.underLease(lease, async (sql, run) => {
      const position = await this.positions.of(sql, lease, step);
      const changes = await sql.run(kept, JSON.stringify(log), run, position, index, attempt);
      if (changes !== 1) throw lockedError(lease.run, `has no attempt ${attempt} of ${step}/${index} that runs`);
    });
  }

  async catchTask(lease: RunLease, { step, index, attempt, artifact }: TaskCatch): Promise<void> {
    await this.underLease(lease, async (sql, run) => {
      const position = await this.positions.of(sql, lease, step);
      const caught = `update tasks set status = 'caught', artifact = ?
        where run = ? and position = ? and item = ? and attempts = ? and (status = 'failed' or status = 'caught' and artifact = ?)`;
      const text = sealedArtifact(taskPlace(position, index), artifact);
      const changes = await sql.run(caught, text, run, position, index, attempt, text);
      if (changes !== 1) throw lockedError(lease.run, `has no failed attempt ${attempt} of ${step}/${index} to catch`);
    });
  }

  async closeStep(lease: RunLease, step: string, artifact: StoredArtifact, status: "done" | "skipped"): Promise<void> {
    const closed = "update steps set status = ?, artifact = ?, ended_ms = ? where run = ? and position = ?";
    await this.underLease(lease, async (sql, run) => {
      const position = await this.positions.of(sql, lease, step);
      const sealed = sealedArtifact(stepPlace(position), artifact);
      return sql.run(closed, status, sealed, this.clock.nowMs(), run, position);
    });
  }

  async failStep(lease: RunLease, step: string): Promise<void> {
    const failed = "update steps set status = 'failed', ended_ms = ? where run = ? and step = ?";
    await this.underLease(lease, (sql, run) => sql.run(failed, this.clock.nowMs(), run, step));
  }

  async endRun(lease: RunLease, status: "done" | "failed" | "interrupted", error: ErrorJson | null): Promise<void> {
    const ended = "update runs set status = ?, error = ?, ended_ms = ?, lease_owner = null where run = ?";
    const sameEnd = "select 1 from runs where run = ? and status = ? and lease_owner is null";
    await this.port.transaction(async (sql, repeated) => {
      const run = runNumber(lease.run);
      if (await holds(sql, lease)) {
        if (status === "done") await publishOutputs(sql, run, this.clock.nowMs());
        return sql.run(ended, status, toColumn(error), this.clock.nowMs(), run);
      }
      if (repeated && (await sql.all(sameEnd, run, status)).length > 0) return;
      throw lostLease(lease.run);
    });
  }

  async replaceCode(lease: RunLease, graph: StepGraph, code: RunCode, kept: ReadonlySet<string>): Promise<void> {
    await this.underLease(lease, async (sql, run) => {
      await replaceSteps(sql, run, graph, kept);
      await pinCode(sql, run, graph, code);
    });
    this.positions.forget(lease);
  }

  async addTags(run: string, tags: readonly string[]): Promise<void> {
    await this.readHead(run);
    await this.port.transaction((sql) => insertTags(sql, runNumber(run), tags));
  }

  async removeTags(run: string, tags: readonly string[]): Promise<void> {
    await this.readHead(run);
    await this.port.transaction(async (sql) => {
      for (const tag of tags) await sql.run("delete from run_tags where tag = ? and run = ?", tag, runNumber(run));
    });
  }

  async close(): Promise<void> {
    await this.port.close();
  }

  private async underLease<T>(lease: RunLease, write: (sql: SqlRunner, run: number) => Promise<T>): Promise<T> {
    return this.port.transaction(async (sql) => {
      if (!(await holds(sql, lease))) throw lostLease(lease.run);
      return write(sql, runNumber(lease.run));
    });
  }
}
