import {
  ActivityCancellationType,
  ActivityFailure,
  CancellationScope,
  condition,
  proxyActivities,
  sleep,
  workflowInfo,
} from "@temporalio/workflow";
import type { ErrorJson } from "../../../base/index.ts";
import type { TaskAddress } from "../../scheduler/index.ts";
import { advanceWindow, openWindow, type WindowAdvance } from "../../scheduler/window/advance-window.ts";
import type { WindowEvent, WindowReport } from "../../scheduler/window/window-event.ts";
import { attemptOf, type DrainHow, type WindowOrder, type WindowState } from "../../scheduler/window/window-state.ts";
import type { BatchReport, RunOrder, TaskActivities } from "../wire.ts";
import { batchLimitMs, probes, TaskTimes } from "./batches.ts";

/** What a window is driven with. */
export interface WindowInput {
  readonly run: RunOrder;
  readonly order: WindowOrder;
  /** The server's queue for its tasks. */
  readonly queue: string;
  readonly timeoutMs: number | null;
  /** How long a task of the step takes, as far as is known. */
  readonly taskMs: number | null;
}

/** While too little is known of how long tasks take, so often four times as many are handed out: long ones wait for nothing. */
const probeMs = 3_000;

/** Tries of an activity whose workers die or cannot reach the stores. */
const triesMax = 30;

/** Drives the machine of a window in a workflow: tasks become batches, batches become activities, delays become timers. */
export class WindowDriver {
  readonly times: TaskTimes;
  private readonly input: WindowInput;
  private readonly report: (report: WindowReport) => void;
  private readonly onSpent: (error: ErrorJson) => void;
  private readonly waiting: TaskAddress[] = [];
  private readonly batches = new Map<CancellationScope, readonly TaskAddress[]>();
  private readonly delays = new CancellationScope({ cancellable: true });
  private window: WindowState;
  private isPaused = false;
  /** Batches under way at most; grows until enough is known of the tasks. */
  private batchesMax = Number.POSITIVE_INFINITY;
  private failure: { readonly error: unknown } | null = null;
  private end: WindowReport | null = null;
  how: DrainHow | null = null;

  /** `onSpent` is told of a ceiling that was reached: no further task is handed out, and the window is to be drained. */
  constructor(input: WindowInput, report: (report: WindowReport) => void, onSpent: (error: ErrorJson) => void) {
    this.input = input;
    this.report = report;
    this.onSpent = onSpent;
    this.times = new TaskTimes(input.taskMs);
    this.window = openWindow(input.order, () => false).window;
  }

  /** Begins with tasks that no session before settled. */
  begin(settled: ReadonlySet<number>): void {
    this.follow(openWindow(this.input.order, (index) => settled.has(index)));
  }

  /** Goes on with what a workflow before this one left. */
  goOn(window: WindowState): void {
    this.window = window;
    window.phases.forEach((phase, slot) => {
      const index = window.order.start + slot;
      const address = { step: window.order.step, index, attempt: attemptOf(window, index) };
      if (phase === "handed-out") this.waiting.push(address);
      if (phase === "backing-off") this.delay(address, window.order.retry.backoffMs);
    });
    this.pump();
  }

  drain(how: DrainHow): void {
    this.how = how;
    this.feed({ type: "drain", how });
  }

  /** What a workflow after this one goes on with, once nothing is under way. */
  async paused(): Promise<WindowState> {
    this.isPaused = true;
    await condition(() => this.batches.size === 0 || this.failure !== null || this.end !== null);
    this.delays.cancel();
    return this.window;
  }

  /** Until the window is closed, or `isEnough` says otherwise (null then). @throws what no retry of an activity mended */
  async closed(isEnough: () => boolean = () => false): Promise<WindowReport | null> {
    await condition(() => this.end !== null || this.failure !== null || isEnough());
    if (this.failure !== null) throw this.failure.error;
    return this.end;
  }

  private feed(event: WindowEvent): void {
    this.follow(advanceWindow(this.window, event));
  }

  private follow({ window, commands }: WindowAdvance): void {
    this.window = window;
    for (const command of commands) {
      if (command.type === "window-closed") this.end = command;
      else if (command.type === "window-progress" || command.type === "window-failing") this.report(command);
      else if (command.type === "start-task") this.waiting.push(addressOf(command));
      else if (command.type === "delay-task") this.delay(addressOf(command), command.delayMs);
      else if (command.type !== "catch-task") this.takeBack(command);
      // The activity whose attempt failed stored its failure as the outcome.
    }
    this.pump();
  }

  private takeBack(task: TaskAddress): void {
    const place = this.waiting.findIndex(({ index }) => index === task.index);
    if (place >= 0) {
      this.waiting.splice(place, 1);
      return this.feed({ ...addressOf(task), type: "task-withdrawn" });
    }
    for (const [scope, tasks] of this.batches) if (tasks.some(({ index }) => index === task.index)) scope.cancel();
  }

  private delay(address: TaskAddress, delayMs: number): void {
    void this.delays
      .run(() => sleep(Math.max(1, delayMs)))
      .then(
        () => this.feed({ ...address, type: "delay-over" }),
        () => "the workflow after this one waits for it",
      );
  }

  private pump(): void {
    while (this.waiting.length > 0 && !this.isPaused && this.failure === null) {
      if (!this.times.isKnown && this.batchesMax === Number.POSITIVE_INFINITY) {
        this.batchesMax = probes;
        void this.probe();
      }
      if (this.batches.size >= this.batchesMax) return;
      const tasks = this.waiting.splice(0, this.times.batchSize());
      const scope = new CancellationScope({ cancellable: true });
      this.batches.set(scope, tasks);
      void this.runBatch(scope, tasks).catch((error: unknown) => {
        this.failure ??= { error };
      });
    }
  }

  private async probe(): Promise<void> {
    const isOver = (): boolean => this.times.isKnown || this.window.openCount === 0;
    while (this.batchesMax < this.window.phases.length && !(await condition(isOver, probeMs))) {
      this.batchesMax *= 4;
      this.pump();
    }
    this.batchesMax = Math.max(this.batchesMax, this.window.phases.length);
    if (isOver()) this.pump();
  }

  private async runBatch(scope: CancellationScope, tasks: readonly TaskAddress[]): Promise<void> {
    const { order, queue, run, timeoutMs } = this.input;
    const { runBatch } = proxyActivities<TaskActivities>({
      taskQueue: queue,
      heartbeatTimeout: "10s",
      startToCloseTimeout: timeoutMs === null ? "100d" : batchLimitMs + 2 * timeoutMs + 60_000,
      cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
      retry: { initialInterval: "500ms", maximumInterval: "10s", maximumAttempts: triesMax },
    });
    const batch = tasks.map(({ index, attempt }) => ({ index, isLast: attempt > order.retry.count }));
    const windowWorkflow = workflowInfo().workflowId;
    const report = await scope
      .run(() => runBatch({ run, step: order.step, tasks: batch, limitMs: batchLimitMs, windowWorkflow }))
      .catch((error: unknown) => reportOfCancelled(error, scope, tasks.length));
    this.batches.delete(scope);
    const ran = report.outcomes.filter((outcome) => outcome !== "again" && outcome !== "withdrawn").length;
    this.times.add(ran, report.busyMs);
    if (report.spent !== undefined) this.stopAt(report.spent);
    tasks.forEach((task, place) => {
      this.tell(task, report, place);
    });
    this.pump();
  }

  private stopAt(ceiling: ErrorJson): void {
    this.isPaused = true;
    this.onSpent(ceiling);
  }

  private tell(task: TaskAddress, { outcomes, plan }: BatchReport, place: number): void {
    const outcome = outcomes[place];
    if (outcome === "done") return this.feed({ ...task, type: "task-done", ...(plan === null ? {} : { plan }) });
    if (outcome === "withdrawn" || (outcome === "again" && this.window.draining !== null))
      return this.feed({ ...task, type: "task-withdrawn" });
    if (outcome === "again") {
      this.waiting.push(task);
      return;
    }
    const fatal = outcome !== "failed";
    this.feed({ ...task, type: "task-failed", fatal, uncatchable: outcome === "uncatchable" });
  }
}

/** A batch that no worker had taken when it was cancelled has no report of its own. */
function reportOfCancelled(error: unknown, scope: CancellationScope, count: number): BatchReport {
  if (!scope.consideredCancelled || !(error instanceof ActivityFailure) || error.cause?.name !== "CancelledFailure")
    throw error;
  return { outcomes: new Array(count).fill("withdrawn"), plan: null, busyMs: 0 };
}

function addressOf({ step, index, attempt }: TaskAddress): TaskAddress {
  return { step, index, attempt };
}
