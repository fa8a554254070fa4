import {
  CancellationScope,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  type SignalDefinition,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { WindowReport } from "../../scheduler/window/window-event.ts";
import type { DrainHow, WindowState } from "../../scheduler/window/window-state.ts";
import { control } from "./control.ts";
import { isHistoryLong } from "./long-history.ts";
import { drainQuery, drainSignal, reportSignal, spentSignal, timesSignal } from "./signals.ts";
import { WindowDriver, type WindowInput } from "./window-driver.ts";

/** A window of its own workflow, with what a workflow before this one left of it. */
export interface WindowWorkflowInput extends WindowInput {
  readonly hasSettled: boolean;
  readonly left: WindowState | null;
  /** The run came to its end meanwhile. */
  readonly how: DrainHow | null;
}

/** What a window ends with. */
export interface WindowEnd {
  readonly report: WindowReport;
  readonly taskMs: number | null;
}

/** Runs the tasks of one window. */
export async function windowWorkflow(input: WindowWorkflowInput): Promise<WindowEnd> {
  const driver = new WindowDriver(
    input,
    (report) => tellRun(reportSignal, [report]),
    (error) => tellRun(spentSignal, [{ step: input.order.step, error }]),
  );
  setHandler(drainSignal, (how) => driver.drain(how));
  setHandler(drainQuery, () => driver.how);
  return CancellationScope.nonCancellable(async () => {
    const { order, run, left } = input;
    if (left !== null) driver.goOn(left);
    else {
      const isAsked = input.hasSettled;
      const settled = isAsked ? await control().settledTasks(run, order.step, order.start, order.end) : [];
      driver.begin(new Set(settled));
      if (input.taskMs === null) void tellTimes(driver, order.step);
    }
    if (input.how !== null) driver.drain(input.how);
    const report = await driver.closed(() => isHistoryLong(run));
    if (report !== null) return { report, taskMs: driver.times.estimateMs };
    const window = await driver.paused();
    const end = await driver.closed(() => true);
    if (end !== null) return { report: end, taskMs: driver.times.estimateMs };
    const taskMs = driver.times.estimateMs;
    return continueAsNew<typeof windowWorkflow>({ ...input, taskMs, hasSettled: false, left: window, how: driver.how });
  });
}

async function tellTimes({ times }: WindowDriver, step: string): Promise<void> {
  await condition(() => times.isKnown);
  tellRun(timesSignal, [step, times.estimateMs ?? 0]);
}

function tellRun<Given extends unknown[]>(signal: SignalDefinition<Given>, given: Given): void {
  const { parent } = workflowInfo();
  if (parent === undefined) return;
  void getExternalWorkflowHandle(parent.workflowId)
    .signal(signal, ...given)
    .catch(() => "the run is gone, and its window with it");
}
