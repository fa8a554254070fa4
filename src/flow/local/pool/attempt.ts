import { type Clock, type ErrorJson, errorToJson, KindredError } from "../../../base/index.ts";
import type { TaskProgress, TaskUsage } from "../../run-record.ts";
import type { TaskOutcome } from "../../task/task-order.ts";
import type { FromWorker } from "../worker/protocol.ts";
import type { PoolEnd, PoolListener, PoolTask } from "./pool-task.ts";
import type { WorkerEnd, WorkerHandle } from "./worker-handle.ts";

type Ending = Pick<PoolEnd, "status" | "error" | "artifact" | "plan">;

/** One attempt of a task on a worker: ends by its outcome, its time-out, its cancelling or the death of the worker. */
export class Attempt {
  readonly worker: WorkerHandle;
  isWorkerDead = false;
  private readonly task: PoolTask;
  private readonly clock: Clock;
  private usage: TaskUsage | null = null;
  private progress: TaskProgress | null = null;
  private isCancelled = false;
  private isTimedOut = false;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(task: PoolTask, worker: WorkerHandle, clock: Clock) {
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
    this.limitTime();
    const ended = await ending;
    for (const timer of this.timers) clearTimeout(timer);
    return { ...ended, attempt: order.attempt, startedMs, usage: this.usage, progress: this.progress };
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
        if (message.type === "ended" && !this.isTimedOut) resolve(this.outcome(message.outcome));
      };
      this.worker.onEnd = (end) => {
        this.isWorkerDead = true;
        resolve(this.death(end));
      };
    });
  }

  private note(message: FromWorker, listener: PoolListener): void {
    this.usage = message.usage;
    if (message.progress !== null && message.type === "progress") listener.progress(this.task, message.progress);
    this.progress = message.progress;
  }

  private limitTime(): void {
    if (this.task.timeoutMs === null) return;
    const timer = setTimeout(() => {
      this.isTimedOut = true;
      this.worker.kill();
    }, this.task.timeoutMs);
    this.timers.push(timer);
  }

  private outcome(outcome: TaskOutcome): Ending {
    if (outcome.type === "done") return { status: "done", error: null, artifact: outcome.artifact, plan: outcome.plan };
    return { status: this.isCancelled ? "stopped" : "failed", error: outcome.error, artifact: null, plan: null };
  }

  private death(end: WorkerEnd): Ending {
    const nothing = { artifact: null, plan: null };
    if (this.isTimedOut) return { status: "timed-out", error: timeoutError(this.task.timeoutMs ?? 0), ...nothing };
    if (this.isCancelled) return { status: "stopped", error: null, ...nothing };
    return { status: "crashed", error: crashError(end), ...nothing };
  }
}

function timeoutError(timeoutMs: number): ErrorJson {
  return errorToJson(
    new KindredError("run-failed", { seen: `the task took longer than its timeoutMs of ${timeoutMs} and was killed` }),
  );
}

function crashError(end: WorkerEnd): ErrorJson {
  const how = end.signal === null ? `ended with exit code ${end.exitCode}` : `was killed by ${end.signal}`;
  const words = end.lastWords === "" ? "" : `; it last printed: ${end.lastWords}`;
  const hint =
    /heap limit|out of memory/i.test(end.lastWords) || end.signal === "SIGKILL"
      ? { hint: "Perhaps it ran out of memory" }
      : {};
  return errorToJson(
    new KindredError("run-failed", { seen: `the worker ${how} in the middle of the task${words}`, ...hint }),
  );
}
