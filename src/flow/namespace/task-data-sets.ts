import type { DataSetVersion } from "./data-set.ts";

/** How a task reads what other runs published, and makes what its own run publishes. */
export interface TaskDataSets {
  /**
   * The version of a data set that the run sees, as it was when the run was made: its own namespace's, else production's.
   * Null when neither has one.
   */
  find(name: string): DataSetVersion | null;
  /** A copy of its files in a folder of the attempt's own, which the task may change. @throws not-found, artifact-damaged */
  folder(name: string): Promise<string>;
  /**
   * Takes the files of a folder as the run's data set of that name. The run publishes it into its own namespace when it is done;
   * in production it waits for its promote. `kind` says what it is for who compares versions, default `files`; `move` spares
   * the copy when the files are the task's own.
   * @throws argument-invalid for a name that is none, config-invalid when the task made it already, limit-exceeded
   */
  publish(name: string, folder: string, options?: { readonly kind?: string; readonly move?: boolean }): Promise<void>;
}
