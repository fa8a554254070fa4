import type { LineFilter } from "./log/log-lines.ts";
import type { AttemptStatus, RunRecord, RunSummary, StepCounts, TaskDetail, TaskRecord } from "./run-record.ts";
import type { RunWaits } from "./run-waits.ts";
import type { RunFilter, TaskFilter } from "./store/metadata-store.ts";
import type { StorePlaces } from "./store/store-places.ts";
import type { TaskCard } from "./task-card.ts";
import type { TemporalPlace } from "./temporal/temporal-place.ts";

/** Where runs live that are not in the home, and which server knows what those of a cluster wait for. */
export interface RunPlaces extends StorePlaces {
  readonly temporal?: TemporalPlace | undefined;
}

/** The log of one attempt. */
export interface TaskLogText {
  readonly step: string;
  readonly key: string;
  readonly attempt: number;
  readonly status: AttemptStatus;
  /** Its file, where the attempt ran on this machine; null when the log is in the artifact store. */
  readonly path: string | null;
  /** Lines of `time level message fields`; empty when the attempt wrote nothing. */
  readonly text: string;
}

/** Which logs are asked for, and which lines of them. */
export interface LogFilter extends LineFilter {
  readonly step?: string | undefined;
  readonly key?: string | undefined;
  /** Only this attempt of each task. */
  readonly attempt?: number | undefined;
  /** Only attempts that still ran at this time. */
  readonly runningSinceMs?: number | undefined;
}

/** The runs of a home, for reading and tagging: the command line and the pages see runs through it. */
export interface Runs {
  /** Newest first. */
  list(filter?: Partial<RunFilter>): Promise<readonly RunSummary[]>;
  /** The newest run, of one flow if named; null when there is none. */
  latest(flow?: string): Promise<RunSummary | null>;
  /** @throws not-found */
  read(run: string): Promise<RunRecord>;
  /** What these runs wait for, as the server of their cluster says within seconds; without one it is unknown, which is no error. */
  waits(runs: readonly RunSummary[]): Promise<RunWaits>;
  /** A run without its steps: cheap. @throws not-found */
  summary(run: string): Promise<RunSummary>;
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
  /** The outcome of a task as JSON text; null while it has none. @throws not-found, artifact-damaged */
  outcome(run: string, step: string, key: string): Promise<string | null>;
  /** The page that an attempt of a task left, by default the last one that left any. @throws not-found */
  card(run: string, step: string, key: string, attempt?: number): Promise<TaskCard>;
  /** Logs of a run: the attempts that failed, the first failure first; then the others by steps, items and attempts. @throws not-found */
  logs(run: string, filter?: LogFilter): Promise<readonly TaskLogText[]>;
  close(): Promise<void>;
}
