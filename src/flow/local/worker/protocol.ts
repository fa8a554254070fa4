import type { ErrorJson } from "../../../base/index.ts";
import type { StoredArtifact, TaskProgress, TaskUsage } from "../../run-record.ts";

/** The first message to a worker: what all its tasks share. */
export interface WorkerSetup {
  readonly type: "setup";
  readonly flowModule: string;
  readonly exportName: string;
  readonly blobFolder: string;
  readonly run: { readonly id: string; readonly flow: string };
  readonly params: Readonly<Record<string, unknown>>;
}

/** One attempt to be run. A worker has one at a time. */
export interface TaskOrder {
  readonly type: "task";
  readonly step: string;
  readonly index: number;
  readonly key: string;
  readonly attempt: number;
  /** JSON text of the item, parsed afresh so that no task sees what another did to it. */
  readonly item: string | null;
  /** Artifacts that this worker has not been told of yet. */
  readonly artifacts: Readonly<Record<string, StoredArtifact>>;
  readonly logPath: string;
  readonly temporaryFolder: string;
}

/** What a worker is sent. */
export type ToWorker = WorkerSetup | TaskOrder | { readonly type: "cancel" };

/** How an attempt ended in its worker. */
export type TaskOutcome =
  | { readonly type: "done"; readonly artifact: StoredArtifact; readonly width: number | null }
  | { readonly type: "failed"; readonly error: ErrorJson };

/** What a worker sends. */
export type FromWorker =
  | { readonly type: "progress"; readonly progress: TaskProgress | null; readonly usage: TaskUsage }
  | {
      readonly type: "ended";
      readonly outcome: TaskOutcome;
      readonly progress: TaskProgress | null;
      readonly usage: TaskUsage;
    };
