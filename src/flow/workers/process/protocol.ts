import type { CodePin } from "../../code/code-pin.ts";
import type { RunInput } from "../../inputs/run-input.ts";
import type { TaskProgress, TaskUsage } from "../../run-record.ts";
import type { ArtifactPlace } from "../../store/open-artifacts.ts";
import type { TaskOrder, TaskOutcome, TaskSetup } from "../../task/task-order.ts";

/** What a run is pinned to, and where that is unpacked when the module is that no longer. */
export interface PinnedCode {
  readonly pin: CodePin;
  readonly folder: string;
}

/** The first message to a worker: what all its tasks share. */
export interface WorkerSetup extends TaskSetup {
  readonly type: "setup";
  readonly flowModule: string;
  readonly exportName: string;
  /** What the module is to be; absent where that was looked at before. */
  readonly pinned?: PinnedCode;
  /** The files that the params of the run name. */
  readonly inputs: readonly RunInput[];
  /** Where these are on this machine. */
  readonly inputsFolder: string;
  readonly artifacts: ArtifactPlace;
}

/** What a worker is sent; it has one task at a time. */
export type ToWorker = WorkerSetup | { readonly type: "task"; readonly order: TaskOrder } | { readonly type: "cancel" };

/** What a worker sends. */
export type FromWorker =
  | { readonly type: "progress"; readonly progress: TaskProgress | null; readonly usage: TaskUsage }
  | {
      readonly type: "ended";
      readonly outcome: TaskOutcome;
      readonly progress: TaskProgress | null;
      readonly usage: TaskUsage;
    };
