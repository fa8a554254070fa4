import type { RunRecord, RunSummary, StepCounts, TaskDetail, TaskRecord } from "./run-record.ts";
import type { RunFilter, TaskFilter } from "./store/metadata-store.ts";

/** The log of one attempt. */
export interface TaskLogText {
  readonly step: string;
  readonly key: string;
  readonly attempt: number;
  readonly path: string;
  /** Lines of `time level message fields`; empty when the attempt wrote nothing. */
  readonly text: string;
}

/** The runs of a home, for reading and tagging: the command line and the pages see runs through it. */
export interface Runs {
  /** Newest first. */
  list(filter?: Partial<RunFilter>): Promise<readonly RunSummary[]>;
  /** The newest run, of one flow if named; null when there is none. */
  latest(flow?: string): Promise<RunSummary | null>;
  /** @throws not-found */
  read(run: string): Promise<RunRecord>;
  /** The steps of a run and how many of their tasks stand where: cheap, however many there are. @throws not-found */
  steps(run: string): Promise<readonly StepCounts[]>;
  /** A page of the tasks of a step. @throws not-found */
  tasks(run: string, filter: TaskFilter): Promise<readonly TaskRecord[]>;
  /** One task, with its outcome as it is stored. @throws not-found */
  task(run: string, step: string, key: string): Promise<TaskDetail>;
  /** Tags a run, whoever holds it, and returns all its tags. @throws not-found, argument-invalid, limit-exceeded */
  tag(run: string, tags: readonly string[]): Promise<readonly string[]>;
  /** Takes tags away and returns those that are left. @throws not-found */
  untag(run: string, tags: readonly string[]): Promise<readonly string[]>;
  /** The artifact of a step that is done. @throws not-found, artifact-damaged */
  artifact(run: string, step: string): Promise<unknown>;
  /** Logs of the run, a step or a task, in the order of steps, items and attempts. @throws not-found */
  logs(run: string, step?: string, key?: string): Promise<readonly TaskLogText[]>;
  close(): Promise<void>;
}
