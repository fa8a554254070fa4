import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  setHandler,
} from "@temporalio/workflow";
import type { ErrorJson } from "../../../base/index.ts";
import type { RunEnding, RunOrder } from "../wire.ts";
import { control, leaseHolding } from "./control.ts";
import { isHistoryLong } from "./long-history.ts";
import { RunDriver } from "./run-driver.ts";
import { drainQuery, reportSignal, spentSignal, timesSignal } from "./signals.ts";

/** Runs a run to its end. One workflow for all flows: what differs is data. Cancelling it stops the run resumably. */
export async function runWorkflow(order: RunOrder): Promise<RunEnding> {
  const stopped = CancellationScope.current().cancelRequested;
  let driver: RunDriver | null = null;
  // No window is open before there is a driver.
  setHandler(reportSignal, (report) => driver?.tell(report));
  setHandler(timesSignal, (step, taskMs) => driver?.learn(step, taskMs));
  setHandler(spentSignal, (spent) => driver?.stopFor(spent));
  setHandler(drainQuery, () => driver?.how ?? null);
  return CancellationScope.nonCancellable(async () => {
    const opened = await control().openRun(order);
    const running = new RunDriver(order, opened, () => isHistoryLong(order));
    driver = running;
    const lease = new CancellationScope({ cancellable: true });
    void lease
      .run(() => leaseHolding().holdLease(order))
      .catch((error: unknown) => {
        if (!lease.consideredCancelled) running.fail(error);
      });
    void stopped.catch(() => running.stop());
    try {
      const status = await running.ended();
      if (status !== null) return await control().endRun(order, status, running.breakage);
    } catch (error) {
      await giveUp(order, error);
      throw error;
    } finally {
      lease.cancel();
    }
    return continueAsNew<typeof runWorkflow>(order);
  });
}

/** What no retry mended ends the run resumably, unless somebody else has it. */
async function giveUp(order: RunOrder, error: unknown): Promise<void> {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.type === "run-locked") return;
  const told = cause instanceof ApplicationFailure ? (cause.details?.[0] as ErrorJson | undefined) : undefined;
  await control()
    .endRun(order, "interrupted", told === undefined ? null : { error: told })
    .catch(() => "its lease runs out by itself");
}
