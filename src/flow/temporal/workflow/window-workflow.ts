import {
  CancellationScope,
  continueAsNew,
  defineQuery,
  defineSignal,
  getExternalWorkflowHandle,
  setHandler,
  workflowInfo,
} from "@temporalio/workflow";
import type { WindowReport } from "../../scheduler/window/window-event.ts";
import type { DrainHow, WindowState } from "../../scheduler/window/window-state.ts";
import { control } from "./control.ts";
import { WindowDriver, type WindowInput } from "./window-driver.ts";

/** Asks a window to come to its end. */
const drainSignal = defineSignal<[DrainHow]>("drain");

/** Tells the run of a window that is still open. */
export const reportSignal = defineSignal<[WindowReport]>("report");

/** How the tasks of a window are to end; null while they are not. */
export const drainQuery = defineQuery<DrainHow | null>("drain-how");

/** A window of its own workflow, with what a workflow before this one left of it. */
export interface WindowWorkflowInput extends WindowInput {
  readonly hasSettled: boolean;
  readonly left: { readonly window: WindowState; readonly how: DrainHow | null } | null;
}

/** What a window ends with. */
export interface WindowEnd {
  readonly report: WindowReport;
  readonly taskMs: number | null;
}

/** Events after which a new workflow goes on: with what 500 tasks under way still add, no history has 10,000. */
const historyMax = 5_000;

/** Runs the tasks of one window. */
export async function windowWorkflow(input: WindowWorkflowInput): Promise<WindowEnd> {
  const parent = workflowInfo().parent;
  const tell = (report: WindowReport): void => {
    if (parent !== undefined)
      void getExternalWorkflowHandle(parent.workflowId)
        .signal(reportSignal, report)
        .catch(() => "the run is gone, and its window with it");
  };
  const driver = new WindowDriver(input, tell);
  setHandler(drainSignal, (how) => driver.drain(how));
  setHandler(drainQuery, () => driver.how);
  return CancellationScope.nonCancellable(async () => {
    const { order, run, left } = input;
    if (left !== null) {
      driver.goOn(left.window);
      if (left.how !== null) driver.drain(left.how);
    } else {
      const settled = input.hasSettled ? await control().settledTasks(run, order.step, order.start, order.end) : [];
      driver.begin(new Set(settled));
    }
    const report = await driver.closed(() => workflowInfo().historyLength > historyMax);
    if (report !== null) return { report, taskMs: driver.times.estimateMs };
    const window = await driver.paused();
    const { report: end, how } = { report: await driver.closed(() => true), how: driver.how };
    if (end !== null) return { report: end, taskMs: driver.times.estimateMs };
    return continueAsNew<typeof windowWorkflow>({
      ...input,
      taskMs: driver.times.estimateMs,
      hasSettled: false,
      left: { window, how },
    });
  });
}
