import type { Clock, ErrorJson } from "../../../base/index.ts";
import type { TaskProgress, TaskUsage } from "../../run-record.ts";
import type { TaskOutcome } from "../../task/task-order.ts";
import type { FromWorker } from "../process/protocol.ts";
import { AttemptWatch, memoryError } from "./attempt-watch.ts";
import { deathError } from "./death-error.ts";
import { gistOf } from "./last-words.ts";
import type { PoolEnd, PoolListener, PoolTask } from "./pool-task.ts";
import type { WorkerEnd, WorkerHandle } from "./worker-handle.ts";

type Ending = Pick<PoolEnd, "status" | "error" | "artifact" | "plan" | "card" | "facts" | "dataSets">;

/**
 * One attempt of a task on a worker: ends by its outcome, its time-out, its cancelling, the death of the worker, or because it
 * was killed for its memory or its silence.
 */
export class Attempt {
  readonly worker: WorkerHandle;
  isWorkerDead = false;
  private readonly task: PoolTask;
  private readonly clock: Clock;
  private usage: TaskUsage | null = null;
  private progress: TaskProgress | null = null;
  private isCancelled = false;
  private isForgotten = false;
  /** Why its worker was killed; what the worker says after that counts no more. */
  private killedFor: Pick<Ending, "status" | "error"> | null = null;
  private watch: AttemptWatch | null = null;
  private readonly silenceMs: number;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(task: PoolTask, worker: WorkerHandle, clock: Clock, silenceMs: number) {
    this.silenceMs = silenceMs;
    this.task = task;
    this.worker = worker;
    this.clock = clock;
  }

  async run(listener: PoolListener): Promise<PoolEnd> {
    const startedMs = this.clock.nowMs();
    const ending = this.ending(listener);
    const order = await listener.begin(this.task, this.worker.pid, this.worker.knownArtifacts);
    for (const step of Object.keys(order.artifacts)) this.worker.knownArtifacts.add(step);
    this.worker.send({ type: "task", order });
    if (this.isCancelled) this.worker.send({ type: "cancel" });
    this.limit();
    const ended = await ending;
    for (const timer of this.timers) clearTimeout(timer);
    this.watch?.stop();
    return { ...ended, attempt: order.attempt, startedMs, usage: this.usageOfTree(), progress: this.progress };
  }

  cancel(graceMs: number): void {
    if (this.isCancelled) return;
    this.isCancelled = true;
    this.worker.send({ type: "cancel" });
    this.timers.push(setTimeout(() => this.worker.kill(), graceMs));
  }

  private ending(listener: PoolListener): Promise<Ending> {
    return new Promise((resolve) => {
      this.worker.onMessage = (message) => {
        this.note(message, listener);
        if (message.type === "ended" && this.killedFor === null) resolve(this.outcome(message.outcome));
      };
      this.worker.onEnd = (end) => {
        this.isWorkerDead = true;
        resolve(this.death(end));
      };
    });
  }

  private note(message: FromWorker, listener: PoolListener): void {
    this.usage = message.usage;
    this.watch?.heard();
    if (message.progress !== null && message.type === "progress") listener.progress(this.task, message.progress);
    this.progress = message.progress;
  }

  /** Nobody waits for it any more: nothing of it is left that would keep the process from ending. */
  forget(): void {
    this.isForgotten = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.watch?.stop();
  }

  private limit(): void {
    if (this.isForgotten) return;
    const { timeoutMs } = this.task;
    if (timeoutMs !== null) {
      const kill = (): void => this.killFor({ status: "timed-out", error: timeoutError(timeoutMs) });
      this.timers.push(setTimeout(kill, timeoutMs));
    }
    // It may have ended before it was known to have begun.
    if (this.isWorkerDead) return;
    this.watch = new AttemptWatch(this.task, this.worker.pid, this.silenceMs, (error) => {
      this.killFor({ status: "crashed", error });
    });
  }

  private killFor(reason: Pick<Ending, "status" | "error">): void {
    this.killedFor ??= reason;
    this.worker.kill();
  }

  /** The worker knows its own memory exactly, the watch that of all processes by samples. */
  private usageOfTree(): TaskUsage | null {
    if (this.usage === null) return null;
    return { ...this.usage, peakRssBytes: Math.max(this.usage.peakRssBytes, this.watch?.peakRssBytes ?? 0) };
  }

  private outcome(outcome: TaskOutcome): Ending {
    const { card, facts } = outcome;
    if (outcome.type === "done") {
      const { artifact, plan, dataSets } = outcome;
      return { status: "done", error: null, artifact, plan, dataSets, card, facts };
    }
    const status = this.isCancelled ? "stopped" : "failed";
    return { status, error: outcome.error, artifact: null, plan: null, card, facts };
  }

  private death(end: WorkerEnd): Ending {
    const nothing = { artifact: null, plan: null, card: null, facts: null };
    if (this.killedFor !== null) return { ...this.killedFor, ...nothing };
    if (this.isCancelled) return { status: "stopped", error: null, ...nothing };
    const isHeapFull = heapWords.test(end.lastWords) && this.task.demand.memoryMiB > 0;
    const error = isHeapFull ? memoryError(this.task, "ran out of its heap") : crashError(end);
    return { status: "crashed", error, ...nothing };
  }
}

const heapWords = /heap limit|out of memory/i;

function timeoutError(timeoutMs: number): ErrorJson {
  return deathError("run-failed", {
    seen: `the task took longer than its timeoutMs of ${timeoutMs} and was killed`,
  });
}

function crashError({ exitCode, signal, lastWords }: WorkerEnd): ErrorJson {
  const how = signal === null ? `ended with exit code ${exitCode}` : `was killed by ${signal}`;
  const gist = gistOf(lastWords);
  const said = gist === "" ? "" : `; it last printed: ${gist}`;
  const hint = heapWords.test(lastWords) || signal === "SIGKILL" ? { hint: "Perhaps it ran out of memory" } : {};
  const parts = { seen: `the worker ${how} in the middle of the task${said}`, ...hint };
  return deathError("run-failed", parts, lastWords === gist ? "" : lastWords);
}
