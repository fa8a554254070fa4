import type { RunRecord, RunSummary } from "./run-record.ts";

/** The log of one attempt. */
export interface TaskLogText {
  readonly step: string;
  readonly key: string;
  readonly attempt: number;
  readonly path: string;
  /** Lines of `time level message fields`; empty when the attempt wrote nothing. */
  readonly text: string;
}

/** The runs of a home, for reading: the command line and the pages see runs through it. */
export interface Runs {
  /** Newest first. */
  list(filter?: { readonly flow?: string; readonly limit?: number }): Promise<readonly RunSummary[]>;
  /** The newest run, of one flow if named; null when there is none. */
  latest(flow?: string): Promise<RunSummary | null>;
  /** @throws not-found */
  read(run: string): Promise<RunRecord>;
  /** The artifact of a step that is done. @throws not-found, artifact-damaged */
  artifact(run: string, step: string): Promise<unknown>;
  /** Logs of the run, a step or a task, in the order of steps, items and attempts. @throws not-found */
  logs(run: string, step?: string, key?: string): Promise<readonly TaskLogText[]>;
  close(): Promise<void>;
}
