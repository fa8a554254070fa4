import { type Clock, type ErrorCode, isKindredError } from "../../../base/index.ts";
import type { AttemptBegin, AttemptEnd, RunLease } from "../metadata-store.ts";
import { beginAttempts, endAttempts, isEnded, type PlacedBegin, type PlacedEnd, placeText } from "./attempt-writes.ts";
import { holds, lockedError, lostLease } from "./fence.ts";
import { runNumber } from "./run-number.ts";
import type { SqlPort, SqlRunner } from "./sql-port.ts";
import type { StepPositions } from "./step-positions.ts";

/** Writes of one transaction at most: what a statement of PostgreSQL carries well. */
const batchWrites = 500;

/** What no write is to blame for: the store was waited for in vain, or is full. Each by itself would meet it again. */
const outages: ReadonlySet<ErrorCode> = new Set(["run-failed", "disk-full"]);

type Write = { readonly lease: RunLease; reject(error: unknown): void } & (
  | { readonly begin: AttemptBegin; resolve(attempt: number): void }
  | { readonly end: AttemptEnd; resolve(): void }
);

/**
 * Begins and ends of attempts, which are most of all writes: those that wait at the same time go into one transaction, which
 * spares each its own commit and, over a network, its own round trips.
 */
export class GroupCommit {
  private readonly port: SqlPort;
  private readonly clock: Clock;
  private readonly positions: StepPositions;
  private waiting: Write[] = [];
  private isFlushing = false;

  constructor(port: SqlPort, clock: Clock, positions: StepPositions) {
    this.port = port;
    this.clock = clock;
    this.positions = positions;
  }

  begin(lease: RunLease, begin: AttemptBegin): Promise<number> {
    return new Promise((resolve, reject) => this.add({ lease, begin, resolve, reject }));
  }

  end(lease: RunLease, end: AttemptEnd): Promise<void> {
    return new Promise((resolve, reject) => this.add({ lease, end, resolve, reject }));
  }

  private add(write: Write): void {
    this.waiting.push(write);
    if (this.isFlushing) return;
    this.isFlushing = true;
    // After the messages of this turn, which may bring more.
    setImmediate(() => void this.flush());
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.commit(this.takeBatch());
    }
    this.isFlushing = false;
  }

  private async commit(batch: readonly Write[]): Promise<void> {
    try {
      const settle = await this.port.transaction((sql, repeated) => this.write(sql, batch, repeated));
      for (const done of settle) done();
    } catch (error) {
      const isOutage = isKindredError(error) && outages.has(error.code);
      if (isOutage || batch.length === 1) for (const write of batch) write.reject(error);
      // One of them may be what the database refuses, such as a key that it cannot hold: the others must not pay for it.
      else for (const write of batch) await this.commit([write]);
    }
  }

  /** The first writes of different tasks: one statement must not meet a task twice. */
  private takeBatch(): Write[] {
    const tasks = new Set<string>();
    let size = 0;
    for (const write of this.waiting) {
      const { step, index } = "begin" in write ? write.begin : write.end;
      const task = `${write.lease.run}/${index}/${step}`;
      if (size === batchWrites || tasks.has(task)) break;
      tasks.add(task);
      size += 1;
    }
    return this.waiting.splice(0, size);
  }

  /** Returns what to tell each write once the transaction is committed. */
  private async write(sql: SqlRunner, batch: readonly Write[], repeated: boolean): Promise<(() => void)[]> {
    const settle: (() => void)[] = [];
    const begins = new Map<PlacedBegin, Write & { begin: unknown }>();
    const ends = new Map<PlacedEnd, Write & { end: unknown }>();
    const held = new Map<string, boolean>();
    for (const write of batch) {
      const { lease } = write;
      const name = `${lease.run}/${lease.owner}`;
      if (!held.has(name)) held.set(name, await holds(sql, lease));
      if (held.get(name) !== true) settle.push(() => write.reject(lostLease(lease.run)));
      else if ("begin" in write)
        begins.set({ ...write.begin, ...(await this.placeOf(sql, lease, write.begin)) }, write);
      else ends.set({ ...write.end, ...(await this.placeOf(sql, lease, write.end)) }, write);
    }
    await this.writeEnds(sql, ends, repeated, settle);
    await this.writeBegins(sql, begins, settle);
    return settle;
  }

  private async writeEnds(
    sql: SqlRunner,
    ends: ReadonlyMap<PlacedEnd, Write & { end: unknown }>,
    repeated: boolean,
    settle: (() => void)[],
  ): Promise<void> {
    if (ends.size === 0) return;
    const accepted = await endAttempts(sql, [...ends.keys()], this.clock.nowMs());
    for (const [end, { lease, resolve, reject }] of ends) {
      if (accepted.has(placeText(end)) || (repeated && (await isEnded(sql, end)))) settle.push(resolve as () => void);
      else {
        const seen = `no longer waits for attempt ${end.attempt} of ${end.step}/${end.index}`;
        settle.push(() => reject(lockedError(lease.run, seen)));
      }
    }
  }

  private async writeBegins(
    sql: SqlRunner,
    begins: ReadonlyMap<PlacedBegin, Write & { begin: unknown }>,
    settle: (() => void)[],
  ): Promise<void> {
    if (begins.size === 0) return;
    const numbers = await beginAttempts(sql, [...begins.keys()], this.clock.nowMs());
    for (const [begin, { lease, resolve, reject }] of begins) {
      const attempt = numbers.get(placeText(begin));
      const seen = `has a finished task ${begin.step}/${begin.key}: it must not begin again`;
      if (attempt === undefined) settle.push(() => reject(lockedError(lease.run, seen)));
      else settle.push(() => (resolve as (attempt: number) => void)(attempt));
    }
  }

  private async placeOf(sql: SqlRunner, lease: RunLease, task: { readonly step: string; readonly index: number }) {
    return { run: runNumber(lease.run), position: await this.positions.of(sql, lease, task.step), item: task.index };
  }
}
