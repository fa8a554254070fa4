import type { ErrorJson } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import type { DataSetVersion } from "../namespace/data-set.ts";
import type { StoredArtifact, TaskFacts } from "../run-record.ts";
import type { StepPlan } from "../scheduler/index.ts";
import type { TaskDataSet } from "../store/metadata-store.ts";
import type { LogLevel } from "../task-context.ts";
import type { TraceCarrier } from "../telemetry/tracing-api.ts";

/** What all tasks of a run share. */
export interface TaskSetup {
  readonly run: { readonly id: string; readonly flow: string };
  readonly params: Readonly<Record<string, unknown>>;
  /** Secrets that steps of the flow name, of this machine's environment. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The lowest level that is written; default `info`. */
  readonly logLevel?: LogLevel;
  /** True when a task is run again only to be looked at. */
  readonly isRerun?: boolean;
  /** The published data sets that the run sees. */
  readonly dataSets: readonly DataSetVersion[];
}

/** One attempt to be run, whoever runs it. */
export interface TaskOrder {
  readonly step: string;
  readonly index: number;
  readonly key: string;
  readonly attempt: number;
  /** JSON text of the item, parsed afresh so that no task sees what another did to it. */
  readonly item: string | null;
  /** For the plan of a foreach within another: what the plan of that one found out. */
  readonly outer: StoredArtifact | null;
  /** Artifacts of the steps before, those that the worker has not been told of yet. */
  readonly artifacts: Readonly<Record<string, StoredArtifact>>;
  /** The trace that the attempt belongs to; absent where nothing is traced. */
  readonly trace?: TraceCarrier;
  readonly logPath: string;
  readonly temporaryFolder: string;
}

/** What an attempt leaves beside its outcome, also when it failed. */
export interface TaskNotes {
  readonly card: BlobRef | null;
  readonly facts: TaskFacts | null;
}

/** How an attempt ended. */
export type TaskOutcome = TaskNotes & TaskEnding;

/** How an attempt ended, by itself. */
export type TaskEnding =
  /** `plan` is what the plan's task found out, whose artifact is its `ItemIndex`; null for all other tasks. */
  | {
      readonly type: "done";
      readonly artifact: StoredArtifact;
      readonly plan: StepPlan | null;
      readonly dataSets?: readonly TaskDataSet[];
    }
  | { readonly type: "failed"; readonly error: ErrorJson };
