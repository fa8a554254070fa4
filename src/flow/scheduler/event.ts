/** Names one handing out of a task. `attempt` counts from 1 in each session; an event of another one is stale and ignored. */
export interface TaskAddress {
  readonly step: string;
  /** Place among the items; {@link expansionIndex} for the task that lists them. */
  readonly index: number;
  readonly attempt: number;
}

/** The index of the task that finds the items of a foreach. */
export const expansionIndex = -1;

/** What the scheduler is told by its host. */
export type SchedulerEvent =
  | { readonly type: "run-begun" }
  /** `width` is the number of items found, of an expansion only. */
  | ({ readonly type: "task-done"; readonly width?: number } & TaskAddress)
  /** `fatal` failures are not tried again. */
  | ({ readonly type: "task-failed"; readonly fatal: boolean } & TaskAddress)
  /** Ended without a result because the scheduler asked for it. */
  | ({ readonly type: "task-withdrawn" } & TaskAddress)
  | ({ readonly type: "delay-over" } & TaskAddress)
  | { readonly type: "step-closed"; readonly step: string }
  | { readonly type: "step-broken"; readonly step: string }
  /** End soon, resumably. */
  | { readonly type: "stop" };

/** What the scheduler asks of its host. */
export type SchedulerCommand =
  /** May begin as soon as there is a worker for it. */
  | ({ readonly type: "start-task" } & TaskAddress)
  /** Answer with `delay-over` after the wait. */
  | ({ readonly type: "delay-task"; readonly delayMs: number } & TaskAddress)
  /** Answer with `task-withdrawn` unless it has begun; then let it end. */
  | ({ readonly type: "withdraw-task" } & TaskAddress)
  /** Answer with `task-withdrawn`, also when it has begun, unless it is done meanwhile. */
  | ({ readonly type: "cancel-task" } & TaskAddress)
  /** Join the outcomes into the artifact; answer `step-closed`. */
  | { readonly type: "close-step"; readonly step: string }
  | { readonly type: "end-run"; readonly status: "done" | "failed" | "interrupted" };
