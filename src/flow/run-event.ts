import type { ErrorJson } from "../base/index.ts";
import type { AttemptStatus, RunStatus, TaskProgress, TaskUsage } from "./run-record.ts";

/** Tasks of a step that are done, all there are, and how fast they come. */
export interface StepProgress {
  readonly done: number;
  readonly total: number;
  /** Since the step began in this session; 0 before the first. */
  readonly tasksPerSecond: number;
}

/** A queue of a cluster that no worker asks for tasks of, and the steps that wait for one. */
export interface WaitedQueue {
  readonly queue: string;
  readonly steps: readonly string[];
}

/** What happens in a run, as it happens: for progress in a terminal, never for results. */
export type RunEvent =
  | {
      readonly type: "run-started";
      readonly run: string;
      readonly flow: string;
      readonly resumed: boolean;
      readonly steps: readonly string[];
    }
  | { readonly type: "step-progress"; readonly run: string; readonly step: string; readonly progress: StepProgress }
  | { readonly type: "step-started"; readonly run: string; readonly step: string; readonly progress: StepProgress }
  | {
      readonly type: "task-started";
      readonly run: string;
      readonly step: string;
      readonly key: string;
      readonly attempt: number;
    }
  | {
      readonly type: "task-progress";
      readonly run: string;
      readonly step: string;
      readonly key: string;
      readonly progress: TaskProgress;
    }
  | TaskEnded
  | {
      readonly type: "step-finished" | "step-skipped";
      readonly run: string;
      readonly step: string;
      readonly progress: StepProgress;
    }
  /** Nothing of these steps runs for want of a worker; empty when the run goes on. */
  | { readonly type: "run-waiting"; readonly run: string; readonly queues: readonly WaitedQueue[] }
  | { readonly type: "run-finished"; readonly run: string; readonly status: RunStatus };

/** An attempt ended, well or not. */
export interface TaskEnded {
  readonly type: "task-ended";
  readonly run: string;
  readonly step: string;
  readonly key: string;
  readonly attempt: number;
  readonly status: AttemptStatus;
  readonly wallMs: number;
  readonly usage: TaskUsage | null;
  readonly error: ErrorJson | null;
  /** Wait before the next attempt; null when there is none. */
  readonly retryInMs: number | null;
  readonly progress: StepProgress;
}
