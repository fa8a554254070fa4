import type { StepPlan, TaskAddress, WindowAddress } from "../address.ts";
import type { DrainHow } from "./window-state.ts";

/** What a window is told by its host of one of its tasks. */
export type TaskEvent =
  /** `plan` comes of the plan's task only. */
  | ({ readonly type: "task-done"; readonly plan?: StepPlan } & TaskAddress)
  /** `fatal` failures are not tried again; `uncatchable` ones, such as a spent budget, end the run even where failures are caught. */
  | ({ readonly type: "task-failed"; readonly fatal: boolean; readonly uncatchable?: boolean } & TaskAddress)
  /** Ended without a result because the scheduler asked for it. */
  | ({ readonly type: "task-withdrawn" } & TaskAddress)
  | ({ readonly type: "delay-over" } & TaskAddress);

/** What a window is told: of a task, or by the run that it should end. */
export type WindowEvent = TaskEvent | { readonly type: "drain"; readonly how: DrainHow };

/** What a window asks of its host. */
export type WindowCommand =
  /** May begin as soon as there is a worker for it. */
  | ({ readonly type: "start-task" } & TaskAddress)
  /** Answer with `delay-over` after the wait. */
  | ({ readonly type: "delay-task"; readonly delayMs: number } & TaskAddress)
  /** Store the failure of this attempt as the task's outcome before going on; needs no answer. */
  | ({ readonly type: "catch-task" } & TaskAddress)
  /** Answer with `task-withdrawn` unless it has begun; then let it end. */
  | ({ readonly type: "withdraw-task" } & TaskAddress)
  /** Answer with `task-withdrawn`, also when it has begun, unless it is done meanwhile. */
  | ({ readonly type: "cancel-task" } & TaskAddress);

/** All that a run learns of a window: a few summaries, however many tasks it holds. */
export type WindowReport =
  /** Its open tasks have become half of what was told last, or fewer. */
  | ({ readonly type: "window-progress"; readonly openCount: number } & WindowAddress)
  /** A task has failed for good. */
  | ({ readonly type: "window-failing" } & WindowAddress)
  /**
   * No task is open any more. `settledCount` have an outcome, also from earlier sessions; `failing` says again that one has
   * failed, since reports of a window may pass each other on the way.
   */
  | ({
      readonly type: "window-closed";
      readonly settledCount: number;
      readonly failing: boolean;
      readonly plan: StepPlan | null;
    } & WindowAddress);
