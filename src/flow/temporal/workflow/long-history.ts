import { workflowInfo } from "@temporalio/workflow";
import type { RunOrder } from "../wire.ts";

/** With what 500 tasks under way still add to it, no history has 10,000 events, of which Temporal warns. */
const eventsMax = 5_000;

/** True when a new workflow is to go on, as soon as nothing is under way. */
export function isHistoryLong({ wishes }: RunOrder): boolean {
  return workflowInfo().historyLength > (wishes?.historyEvents ?? eventsMax);
}
