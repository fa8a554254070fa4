export {
  countByWindow,
  planIndex,
  planKey,
  planWindow,
  type StepPlan,
  type TaskAddress,
  type WindowAddress,
  windowOf,
  windowRange,
} from "./address.ts";
export type { SchedulerCommand, SchedulerEvent } from "./event.ts";
export { advance, initialState, type SchedulerState } from "./scheduler.ts";
