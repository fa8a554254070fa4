export { expansionIndex, type SchedulerCommand, type SchedulerEvent, type TaskAddress } from "./event.ts";
export { initialState, type RunState, type StepHistory } from "./run-state.ts";
export { type Advance, advance } from "./scheduler.ts";
