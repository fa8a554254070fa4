import type { ErrorJson } from "../../base/index.ts";
import type {
  AttemptStatus,
  RunCode,
  RunLabels,
  RunRecord,
  RunSummary,
  StoredArtifact,
  TaskProgress,
  TaskUsage,
} from "../run-record.ts";
import type { StepGraph } from "../step-graph.ts";

/** Who wants to hold a run: a random token, and the scheduler's whereabouts so that its death can be seen at once. */
export interface LeaseClaim {
  readonly owner: string;
  readonly pid: number;
  readonly hostName: string;
}

/** The right to write a run. Every write names it, and fails with run-locked when another owner has taken the run over. */
export interface RunLease {
  readonly run: string;
  readonly owner: string;
}

/** A run to be made. */
export interface NewRun {
  readonly graph: StepGraph;
  readonly code: RunCode;
  readonly params: Readonly<Record<string, unknown>>;
  readonly labels: RunLabels;
}

/** An attempt that begins. */
export interface AttemptBegin {
  readonly step: string;
  readonly index: number;
  readonly key: string;
  readonly workerPid: number;
}

/** An attempt that ended. */
export interface AttemptEnd {
  readonly step: string;
  readonly index: number;
  readonly attempt: number;
  readonly status: Exclude<AttemptStatus, "running">;
  readonly usage: TaskUsage | null;
  readonly progress: TaskProgress | null;
  readonly error: ErrorJson | null;
  /** Of an attempt that is done. */
  readonly artifact: StoredArtifact | null;
}

/** A task whose last attempt failed, and whose failure is its outcome. */
export interface TaskCatch {
  readonly step: string;
  readonly index: number;
  /** The attempt that failed. */
  readonly attempt: number;
  readonly artifact: StoredArtifact;
}

/** What earlier sessions left of a step. */
export interface StepPast {
  readonly width: number | null;
  /** What the plan of the step found out: JSON of an `ItemIndex`. */
  readonly items: StoredArtifact | null;
  /** Indexes of the tasks that are done or caught, ascending. */
  readonly done: readonly number[];
  /** Set when the step is closed. */
  readonly artifact: StoredArtifact | null;
}

/** The writes of a session. Each is durable against the death of the process when its promise resolves. */
export interface MetadataWriter {
  /** Makes a run, held by the claim, and returns its id. */
  createRun(run: NewRun, claim: LeaseClaim): Promise<RunLease>;
  /** Takes over a run that nobody holds; attempts that its last owner left running become `lost`. @throws not-found, run-locked */
  claimRun(run: string, claim: LeaseClaim): Promise<RunLease>;
  /** False when the run has another owner. */
  renewLease(lease: RunLease): Promise<boolean>;
  beginStep(lease: RunLease, step: string): Promise<void>;
  recordItems(lease: RunLease, step: string, items: StoredArtifact, width: number): Promise<void>;
  /** Returns the number of the attempt, from 1 over all sessions. */
  beginAttempt(lease: RunLease, attempt: AttemptBegin): Promise<number>;
  /** @throws run-locked also when the attempt is no longer the running one of its task */
  endAttempt(lease: RunLease, attempt: AttemptEnd): Promise<void>;
  /** Takes the failure of a task's last attempt for its outcome. @throws run-locked when that is not its last attempt */
  catchTask(lease: RunLease, caught: TaskCatch): Promise<void>;
  closeStep(lease: RunLease, step: string, artifact: StoredArtifact, status: "done" | "skipped"): Promise<void>;
  failStep(lease: RunLease, step: string): Promise<void>;
  /** Ends the session and gives the lease up. */
  endRun(lease: RunLease, status: "done" | "failed" | "interrupted", error: ErrorJson | null): Promise<void>;
  /** Pins the run to other code, forgetting all steps but the first `keptSteps`. */
  replaceCode(lease: RunLease, graph: StepGraph, code: RunCode, keptSteps: number): Promise<void>;
}

/** What is known of runs. */
export interface MetadataReader {
  /** Newest first. */
  listRuns(filter: { readonly flow?: string | undefined; readonly limit: number }): Promise<readonly RunSummary[]>;
  /** @throws not-found */
  readRun(run: string): Promise<RunRecord>;
  /** By step. */
  readPast(run: string): Promise<ReadonlyMap<string, StepPast>>;
  /** Outcomes of the tasks of a step that are done or caught, in the order of the items. */
  readOutcomes(run: string, step: string): Promise<readonly StoredArtifact[]>;
}

/** Run metadata: SQLite on one machine, PostgreSQL for many. */
export interface MetadataStore extends MetadataWriter, MetadataReader {
  close(): Promise<void>;
}
