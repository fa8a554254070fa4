import { proxyActivities } from "@temporalio/workflow";
import type { ControlActivities } from "../wire.ts";

/** What any worker does for a run: tried again until the stores answer, and by another worker where one died over it. */
export function control(): ControlActivities {
  return proxyActivities<ControlActivities>({
    startToCloseTimeout: "10m",
    heartbeatTimeout: "20s",
    retry: { initialInterval: "500ms", maximumInterval: "10s" },
  });
}

/** The lease is held as long as the run lasts, by whichever worker lives. */
export function leaseHolding(): Pick<ControlActivities, "holdLease"> {
  return proxyActivities<ControlActivities>({
    startToCloseTimeout: "3650d",
    heartbeatTimeout: "8s",
    retry: { initialInterval: "500ms", maximumInterval: "5s" },
  });
}
