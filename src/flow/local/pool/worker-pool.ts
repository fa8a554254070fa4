import type { Clock } from "../../../base/index.ts";
import { Attempt } from "./attempt.ts";
import { OrphanWatch } from "./orphan-watch.ts";
import type { PoolListener, PoolTask } from "./pool-task.ts";
import { WorkerHandle, type WorkerOptions } from "./worker-handle.ts";

/** What a pool is made of. */
export interface PoolOptions {
  readonly cores: number;
  readonly worker: WorkerOptions;
  readonly stopGraceMs: number;
  readonly clock: Clock;
}

/**
 * Warm workers, each with one task at a time. They start only when a task waits for one, so never more than there are
 * tasks, and stay for the next task unless they die or are killed.
 */
export class WorkerPool {
  private readonly options: PoolOptions;
  private readonly listener: PoolListener;
  private readonly queue: PoolTask[] = [];
  private readonly idle: WorkerHandle[] = [];
  private readonly running = new Map<string, Attempt>();
  private readonly orphanWatch = new OrphanWatch();
  private freeCores: number;
  private isClosed = false;

  constructor(options: PoolOptions, listener: PoolListener) {
    this.options = options;
    this.listener = listener;
    this.freeCores = options.cores;
  }

  submit(task: PoolTask): void {
    this.queue.push(task);
    this.dispatch();
  }

  /** Takes back a task that has not begun; false when it has. */
  withdraw(task: { readonly step: string; readonly index: number }): boolean {
    const place = this.queue.findIndex(({ address }) => address.step === task.step && address.index === task.index);
    if (place >= 0) this.queue.splice(place, 1);
    return place >= 0;
  }

  /** Asks a task that has begun to end, and kills it when it does not within the grace. */
  cancel(task: { readonly step: string; readonly index: number }): void {
    this.running.get(nameOf(task))?.cancel(this.options.stopGraceMs);
  }

  /** Kills all workers; nothing is told of their tasks any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.queue.length = 0;
    const workers = [...this.idle, ...[...this.running.values()].map((attempt) => attempt.worker)];
    for (const worker of workers) worker.onEnd = () => {};
    await Promise.all(workers.map((worker) => worker.killed()));
    this.orphanWatch.close();
  }

  private dispatch(): void {
    while (!this.isClosed) {
      const task = this.queue[0];
      if (task === undefined || this.coresOf(task) > this.freeCores) return;
      this.queue.shift();
      this.freeCores -= this.coresOf(task);
      void this.run(task, this.idle.pop() ?? this.startWorker());
    }
  }

  private async run(task: PoolTask, worker: WorkerHandle): Promise<void> {
    const attempt = new Attempt(task, worker, this.options.clock);
    const name = nameOf(task.address);
    this.running.set(name, attempt);
    try {
      const end = await attempt.run(this.listener);
      this.running.delete(name);
      this.freeCores += this.coresOf(task);
      if (!attempt.isWorkerDead) this.rest(worker);
      if (this.isClosed) return;
      this.dispatch();
      await this.listener.ended(task, end);
    } catch (error) {
      if (!this.isClosed) this.listener.broken(error);
    }
  }

  private startWorker(): WorkerHandle {
    const worker = new WorkerHandle(this.options.worker);
    if (worker.pid === 0) return worker;
    this.orphanWatch.add(worker.pid);
    void worker.ended.then(() => this.orphanWatch.remove(worker.pid));
    return worker;
  }

  private rest(worker: WorkerHandle): void {
    worker.onMessage = () => {};
    worker.onEnd = () => {
      const place = this.idle.indexOf(worker);
      if (place >= 0) this.idle.splice(place, 1);
    };
    this.idle.push(worker);
  }

  private coresOf(task: PoolTask): number {
    return Math.min(Math.max(1, task.cpu), this.options.cores);
  }
}

function nameOf(task: { readonly step: string; readonly index: number }): string {
  return `${task.step}/${task.index}`;
}
