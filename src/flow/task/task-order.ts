import type { ErrorJson } from "../../base/index.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { StepPlan } from "../scheduler/index.ts";

/** What all tasks of a run share. */
export interface TaskSetup {
  readonly run: { readonly id: string; readonly flow: string };
  readonly params: Readonly<Record<string, unknown>>;
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
  readonly logPath: string;
  readonly temporaryFolder: string;
}

/** How an attempt ended. */
export type TaskOutcome =
  /** `plan` is what the plan's task found out, whose artifact is its `ItemIndex`; null for all other tasks. */
  | { readonly type: "done"; readonly artifact: StoredArtifact; readonly plan: StepPlan | null }
  | { readonly type: "failed"; readonly error: ErrorJson };
