import { type ChildWorkflowHandle, condition, startChild, workflowInfo } from "@temporalio/workflow";
import { advanceRun } from "../../scheduler/run/advance-run.ts";
import type { RunCommand, RunEvent } from "../../scheduler/run/run-event.ts";
import { initialRunState, type RunState } from "../../scheduler/run/run-state.ts";
import { windowOrder } from "../../scheduler/scheduler.ts";
import type { WindowReport } from "../../scheduler/window/window-event.ts";
import type { DrainHow } from "../../scheduler/window/window-state.ts";
import { nodeOf, type StepNode } from "../../step-graph.ts";
import { queueOf, serverQueue } from "../names.ts";
import type { Breakage, OpenedRun, RunEnding, RunOrder } from "../wire.ts";
import { control } from "./control.ts";
import { drainSignal } from "./signals.ts";
import { WindowDriver, type WindowInput } from "./window-driver.ts";
import type { windowWorkflow } from "./window-workflow.ts";

type OpenWindow = Extract<RunCommand, { readonly type: "open-window" }>;

/** Windows of one task that the run drives itself: a workflow for each would cost more than the task. */
const ownWindowsMax = 8;

/** Tasks that no window has ended after so long are long: then nothing is lost by handing them out one by one. */
const learnMs = 15_000;

/** Drives the machine of a run in a workflow: wide windows become workflows of their own, joins become activities. */
export class RunDriver {
  breakage: Breakage | null = null;
  how: DrainHow | null = null;
  /** What the run ended as; null while it has not. */
  status: RunEnding["status"] | null = null;
  private readonly order: RunOrder;
  private readonly opened: OpenedRun;
  private readonly isLong: () => boolean;
  private readonly own = new Map<string, WindowDriver>();
  private readonly children = new Map<string, Promise<ChildWorkflowHandle<typeof windowWorkflow>>>();
  private readonly taskMs = new Map<string, number | null>();
  private readonly affordable = new Map<string, Promise<boolean>>();
  /** Windows that the workflow after this one is to open. */
  private readonly held = new Map<string, OpenWindow>();
  private busy = 0;
  private state: RunState;
  private failure: { readonly error: unknown } | null = null;

  constructor(order: RunOrder, opened: OpenedRun, isLong: () => boolean) {
    this.order = order;
    this.opened = opened;
    this.isLong = isLong;
    const history = opened.history.map(
      ({ step, plan, settled, closed }) => [step, { plan, settled: new Map(settled), closed }] as const,
    );
    this.state = initialRunState(opened.graph, new Map(history));
  }

  /** Until the run has come to its end; null when a new workflow is to go on with it. @throws what no retry mended */
  async ended(): Promise<RunEnding["status"] | null> {
    this.tell({ type: "run-begun" });
    await condition(() => this.status !== null || this.failure !== null || (this.held.size > 0 && this.busy === 0));
    if (this.failure !== null) throw this.failure.error;
    return this.status;
  }

  /** Gives up: the run has another holder, or no retry mended what failed. */
  fail(error: unknown): void {
    this.failure ??= { error };
  }

  learn(step: string, taskMs: number): void {
    this.taskMs.set(step, taskMs);
  }

  stop(): void {
    this.tell({ type: "stop" });
  }

  /** Stops at a ceiling. */
  stopFor(ceiling: Breakage): void {
    this.breakage ??= ceiling;
    this.stop();
  }

  tell(event: RunEvent): void {
    const { state, commands } = advanceRun(this.opened.graph, this.state, event);
    this.state = state;
    for (const command of commands) this.obey(command);
  }

  private obey(command: RunCommand): void {
    switch (command.type) {
      case "open-window":
        if (this.isLong() || this.held.size > 0) this.held.set(nameOf(command), command);
        else this.guard(this.openWindow(command));
        return;
      case "drain-window":
        return this.drain(nameOf(command), command.how);
      case "close-step":
        return this.guard(this.closeStep(command.step, command.skipped));
      case "end-run":
        this.status = command.status;
    }
  }

  private async openWindow(command: OpenWindow): Promise<void> {
    const { step, window, start, end } = command;
    // Without ceilings nothing is awaited: workflows of before there were any go on as they did.
    if (this.order.wishes?.budgets !== undefined && !(await this.isAffordable(command)))
      return this.letGo(nameOf(command), command);
    const node = nodeOf(this.opened.graph, step) as StepNode;
    const input: WindowInput = {
      run: this.order,
      order: windowOrder(this.opened.graph, command),
      queue: serverQueue(this.order.prefix, queueOf(node)),
      timeoutMs: node.timeoutMs,
      taskMs: this.taskMs.get(step) ?? null,
    };
    const report =
      end - start === 1 && this.own.size < ownWindowsMax
        ? await this.ownWindow(nameOf(command), input)
        : await this.childWindow(nameOf(command), input, this.settledBefore(step, window) > 0);
    this.tell(report);
  }

  /** Asked once a step, when its width is known and before its first task. A step that is not stops the run. */
  private isAffordable({ step, start }: OpenWindow): Promise<boolean> {
    if (start < 0) return Promise.resolve(true);
    const asked = this.affordable.get(step) ?? this.askForStep(step);
    this.affordable.set(step, asked);
    return asked;
  }

  private async askForStep(step: string): Promise<boolean> {
    const refused = await control().mayFanOut(this.order, step);
    if (refused !== null) this.stopFor(refused);
    return refused === null;
  }

  /** A window of one task that has an outcome is never opened. */
  private async ownWindow(name: string, input: WindowInput): Promise<WindowReport> {
    const driver = new WindowDriver(
      input,
      (report) => this.tell(report),
      (error) => this.stopFor({ step: input.order.step, error }),
    );
    this.own.set(name, driver);
    driver.begin(new Set());
    const report = await driver.closed();
    this.own.delete(name);
    return report as WindowReport;
  }

  private async childWindow(name: string, input: WindowInput, hasSettled: boolean): Promise<WindowReport> {
    await this.learned(input.order.step);
    const taskMs = this.taskMs.get(input.order.step) ?? null;
    const started = startChild<typeof windowWorkflow>("windowWorkflow", {
      workflowId: `${workflowInfo().workflowId}/${name}`,
      args: [{ ...input, taskMs, hasSettled, left: null, how: this.how }],
    });
    this.children.set(name, started);
    const end = await (await started).result();
    this.children.delete(name);
    this.taskMs.set(input.order.step, end.taskMs);
    return end.report;
  }

  /** The first window of a step finds out how long its tasks take; the next wait for that, though not long. */
  private async learned(step: string): Promise<void> {
    if (!this.taskMs.has(step)) this.taskMs.set(step, null);
    else await condition(() => this.taskMs.get(step) !== null || this.how !== null, learnMs);
  }

  private drain(name: string, how: DrainHow): void {
    this.how = how;
    const held = this.held.get(name);
    if (held !== undefined) return this.letGo(name, held);
    this.own.get(name)?.drain(how);
    const child = this.children.get(name);
    if (child !== undefined) this.guard(child.then((handle) => handle.signal(drainSignal, how)).catch(() => undefined));
  }

  /** A window that was held back, or is not begun for want of budget, has nothing under way: it is over as soon as the run is to end, with what it had. */
  private letGo(name: string, { step, window }: OpenWindow): void {
    this.held.delete(name);
    const settledCount = this.settledBefore(step, window);
    this.tell({ type: "window-closed", step, window, settledCount, failing: false, plan: null });
  }

  private async closeStep(step: string, skipped: boolean): Promise<void> {
    const breakage = await control().closeStep(this.order, step, skipped);
    this.breakage ??= breakage;
    this.tell({ type: breakage === null ? "step-closed" : "step-broken", step });
  }

  private settledBefore(step: string, window: number): number {
    return this.state.steps.get(step)?.settledBefore.get(window) ?? 0;
  }

  private guard(work: Promise<void>): void {
    this.busy += 1;
    void work
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.busy -= 1;
      });
  }
}

function nameOf({ step, window }: { readonly step: string; readonly window: number }): string {
  return `${step}/${window}`;
}
