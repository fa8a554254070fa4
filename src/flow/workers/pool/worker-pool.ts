import type { Clock } from "../../../base/index.ts";
import type { Admission, Grant } from "../admission/index.ts";
import { Attempt } from "./attempt.ts";
import { IdleWorkers } from "./idle-workers.ts";
import { OrphanWatch } from "./orphan-watch.ts";
import type { PoolListener, PoolTask } from "./pool-task.ts";
import { TaskQueue } from "./task-queue.ts";
import { WorkerHandle, type WorkerOptions } from "./worker-handle.ts";

/** What a pool is made of. */
export interface PoolOptions {
  /** Says when a task may begin. The pool closes it. */
  readonly admission: Admission;
  readonly worker: WorkerOptions;
  /** A task that is killed since its run is stopped may take so long to end by itself; default 3 s. */
  readonly stopGraceMs?: number | undefined;
  /** A worker that neither answers nor computes for so long is killed; default 60 s. */
  readonly silenceMs?: number | undefined;
  readonly clock: Clock;
}

/**
 * Warm workers, each with one task at a time. They start only when a task may begin, so never more than there are
 * tasks, and stay for the next task unless they die, are killed, or had a task that asked for a process of its own.
 */
export class WorkerPool {
  private readonly options: PoolOptions;
  private readonly listener: PoolListener;
  private readonly queue = new TaskQueue();
  private readonly idle = new IdleWorkers();
  private readonly running = new Map<string, Attempt>();
  private readonly orphanWatch = new OrphanWatch();
  private askAgain: NodeJS.Timeout | undefined;
  /** The next task lacks room: nothing begins until something was given back. */
  private isFull = false;
  private isToDispatch = false;
  private isHeld = false;
  private isClosed = false;

  constructor(options: PoolOptions, listener: PoolListener) {
    this.options = options;
    this.listener = listener;
  }

  submit(task: PoolTask): void {
    if (!this.queue.add(task) || this.isFull || this.isToDispatch) return;
    this.isToDispatch = true;
    // When all tasks that were handed out together are here: the longest of them begins first.
    setImmediate(() => this.dispatch());
  }

  /** Takes back a task that has not begun; false when it has. */
  withdraw(task: { readonly step: string; readonly index: number }): boolean {
    const wasThere = this.queue.remove(task);
    if (this.queue.isEmpty && !this.isClosed) this.options.admission.stopWaiting();
    return wasThere;
  }

  /** Begins nothing more until it is released. What has begun goes on. */
  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    this.isHeld = false;
    this.dispatch();
  }

  /** Asks a task that has begun to end, and kills it when it does not within the grace. */
  cancel(task: { readonly step: string; readonly index: number }): void {
    this.running.get(nameOf(task))?.cancel(this.options.stopGraceMs ?? 3_000);
  }

  /** Kills all workers; nothing is told of their tasks any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.askAgain);
    this.queue.clear();
    const workers = [...this.idle.takeAll(), ...[...this.running.values()].map((attempt) => attempt.worker)];
    for (const worker of workers) worker.onEnd = () => {};
    for (const attempt of this.running.values()) attempt.forget();
    await Promise.all(workers.map((worker) => worker.killed()));
    this.orphanWatch.close();
    this.options.admission.close();
  }

  /** Called by timers, so what fails here is nobody's to catch. */
  private dispatch(): void {
    this.isToDispatch = false;
    if (this.isClosed || this.isHeld) return;
    try {
      this.beginNext();
    } catch (error) {
      this.listener.broken(error);
    }
  }

  /** Begins what may begin. A task that lacks room holds back those after it, so that it gets its turn however large it is. */
  private beginNext(): void {
    clearTimeout(this.askAgain);
    this.isFull = false;
    let retryInMs = Number.POSITIVE_INFINITY;
    for (let heads = this.queue.heads(); heads.length > 0; ) {
      const task = heads.shift() as PoolTask;
      const answer = this.options.admission.ask(task.demand);
      if (answer.grant !== null) {
        this.begin(task, answer.grant);
        heads = this.queue.heads();
        continue;
      }
      retryInMs = Math.min(retryInMs, answer.retryInMs ?? Number.POSITIVE_INFINITY);
      this.isFull = answer.lacks === "room";
      if (this.isFull) break;
    }
    if (retryInMs !== Number.POSITIVE_INFINITY) this.askAgain = setTimeout(() => this.dispatch(), retryInMs);
  }

  private begin(task: PoolTask, grant: Grant): void {
    this.queue.begin(task);
    const heapMiB = this.heapOf(task);
    const worker = (task.isolate ? null : this.idle.take(heapMiB, task.demand.memoryMiB)) ?? this.startWorker(heapMiB);
    void this.run(task, worker, grant);
  }

  private async run(task: PoolTask, worker: WorkerHandle, grant: Grant): Promise<void> {
    const { clock, silenceMs = 60_000, admission } = this.options;
    const attempt = new Attempt(task, worker, clock, silenceMs);
    const name = nameOf(task.address);
    this.running.set(name, attempt);
    try {
      const end = await attempt.run(this.listener);
      this.running.delete(name);
      if (this.isClosed) return;
      this.queue.ended(task);
      if (task.isolate) worker.kill();
      else if (!attempt.isWorkerDead) this.idle.add(worker);
      admission.giveBack(grant);
      // It may hold the pool, so it hears of the end before the next task begins.
      const told = this.listener.ended(task, end);
      this.dispatch();
      await told;
    } catch (error) {
      if (!this.isClosed) this.listener.broken(error);
    }
  }

  private startWorker(heapMiB: number | null): WorkerHandle {
    const worker = new WorkerHandle(this.options.worker, heapMiB);
    if (worker.pid === 0) return worker;
    this.orphanWatch.add(worker.pid);
    void worker.ended.then(() => this.orphanWatch.remove(worker.pid));
    return worker;
  }

  /** A heap within the memory that the task declares: the collector then works harder before the task is over its limit. */
  private heapOf({ demand }: PoolTask): number | null {
    const limits = [this.options.worker.heapMiB ?? 0, demand.memoryMiB].filter((limit) => limit > 0);
    return limits.length === 0 ? null : Math.min(...limits);
  }
}

function nameOf(task: { readonly step: string; readonly index: number }): string {
  return `${task.step}/${task.index}`;
}
