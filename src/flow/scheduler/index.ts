export { expansionIndex, type SchedulerCommand, type SchedulerEvent, type TaskAddress } from "./event.ts";
export { initialState, type RunState } from "./run-state.ts";
export { advance } from "./scheduler.ts";
