import type { ErrorJson } from "../../base/index.ts";
import type { AttemptRecord, TaskUsage } from "../run-record.ts";
import type { StorePlaces } from "../store/store-places.ts";
import type { TaskCard } from "../task-card.ts";
import type { JsonChange } from "./json-changes.ts";

/** Which task is run again, and how it is looked at. */
export interface RerunOptions extends StorePlaces {
  /** Folder of run metadata, artifacts and logs, such as `.kindred`. */
  readonly home: string;
  /** The id of the run. */
  readonly run: string;
  readonly step: string;
  readonly key: string;
  /** What the code is here, to say whether it is what the run was pinned to. */
  readonly codeVersion: string;
  /** A changed copy of the flow's module, in place of the one the run was made with. */
  readonly flowModule?: URL | string;
  /** Where the secrets are that the step names; default none. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default `info`. */
  readonly logLevel?: "debug" | "info";
  /** Called with each line of the log as it is written. */
  readonly onLine?: (line: string) => void;
  /** Called before the module of the flow is loaded, with where it is. */
  readonly onModule?: (path: string, codeFrom: RerunResult["codeFrom"]) => void;
  /** Called in the moment before the code of the step is: where a debugger stops. */
  readonly onCode?: () => void;
  /** Asks the task to end. */
  readonly signal?: AbortSignal;
}

/** What came of a task that was run again, beside what came of it before. Nothing of it is kept anywhere. */
export interface RerunResult {
  readonly run: string;
  readonly step: string;
  readonly key: string;
  readonly status: "done" | "failed";
  /** JSON; null when it failed. */
  readonly outcome: unknown;
  readonly error: ErrorJson | null;
  readonly usage: TaskUsage;
  readonly tookMs: number;
  readonly card: TaskCard | null;
  /** The last attempt of the run; its outcome is what is compared. */
  readonly before: AttemptRecord;
  /** True when both ended alike: with the same JSON, or the same error. */
  readonly isSame: boolean;
  /** Where the outcomes differ, when both are done. */
  readonly changes: readonly JsonChange[];
  /**
   * Where the code came from: where the run has it, or, since its files changed there, the package that the run is pinned to, or
   * the changed copy that was given.
   */
  readonly codeFrom: "run" | "package" | "given file";
  /** How the code differs from the run's, in words; empty when it is the same as far as is known. */
  readonly codeChanges: readonly string[];
}
