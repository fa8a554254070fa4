import type { ErrorJson } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import type { RunInput } from "../inputs/run-input.ts";
import type { StoredLog } from "../log/attempt-logs.ts";
import type {
  AttemptStatus,
  LeaseHolder,
  RunCode,
  RunHead,
  RunLabels,
  RunRecord,
  RunSummary,
  StepCounts,
  StoredArtifact,
  TaskDetail,
  TaskFacts,
  TaskProgress,
  TaskRecord,
  TaskStatus,
  TaskUsage,
} from "../run-record.ts";
import type { StepGraph } from "../step-graph.ts";
import type { CollectionStore } from "./collection-store.ts";
import type { DataSetStore } from "./data-set-store.ts";
import type { TriggerStore } from "./trigger-store.ts";
import type { UsageStore } from "./usage-store.ts";

/** Who wants to hold a run. */
export interface LeaseClaim {
  /** A token of its own: random, or for a workflow its run id. All that work for one holder name the same. */
  readonly owner: string;
  readonly holder: LeaseHolder;
  /** Without renewal for so long the holder is taken for dead; default 10 s. */
  readonly leaseMs?: number;
  /** The right to make a run in production, or to go on with one. Never stored. */
  readonly productionToken?: string | undefined;
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
  /** The files that its params name, where other machines get them from. */
  readonly inputs?: readonly RunInput[];
  /** The firing of a trigger that it is made for: there is one run of it, whoever asks. */
  readonly firing?: string | undefined;
}

/** An attempt that begins. */
export interface AttemptBegin {
  readonly step: string;
  readonly index: number;
  readonly key: string;
  readonly workerPid: number;
  /** Where the worker is, when that may be another machine. */
  readonly workerHost?: string | undefined;
}

/** An attempt that ended. */
export interface AttemptEnd {
  readonly step: string;
  readonly index: number;
  readonly attempt: number;
  readonly status: Exclude<AttemptStatus, "running">;
  /** When its code began, where that is not when the attempt did: it may have waited for a process. */
  readonly startedMs?: number;
  readonly usage: TaskUsage | null;
  readonly progress: TaskProgress | null;
  readonly error: ErrorJson | null;
  /** Of an attempt that is done. */
  readonly artifact: StoredArtifact | null;
  /** The page the task left for people. */
  readonly card?: BlobRef | null;
  /** What the task said of its size. */
  readonly facts?: TaskFacts | null;
  /** Its log, where that is in the artifact store; what {@link MetadataWriter.keepLog} named stays when it is absent. */
  readonly log?: StoredLog | null;
  /** Of the task that plans its step: its artifact is the items, which are recorded with it. */
  readonly plan?: { readonly width: number } | null;
  /** What the task made for others to read: published when the run is done. */
  readonly dataSets?: readonly TaskDataSet[] | undefined;
}

/** The log of an attempt that still runs. */
export interface AttemptLog {
  readonly step: string;
  readonly index: number;
  readonly attempt: number;
  readonly log: StoredLog;
}

/** A data set that a task made. */
export interface TaskDataSet {
  readonly name: string;
  /** JSON of a {@link DataSetManifest}. */
  readonly manifest: BlobRef;
}

/** A task whose last attempt failed, and whose failure is its outcome. */
export interface TaskCatch {
  readonly step: string;
  readonly index: number;
  /** The attempt that failed. */
  readonly attempt: number;
  readonly artifact: StoredArtifact;
}

/** What there is of a step, its tasks aside. */
export interface StoredStep {
  readonly width: number | null;
  /** What the plan of the step found out: JSON of an `ItemIndex`. */
  readonly items: StoredArtifact | null;
  /** Set when the step is closed. */
  readonly artifact: StoredArtifact | null;
}

/** What earlier sessions left of a step. */
export interface StepPast extends StoredStep {
  /** Indexes of the tasks that are done or caught, ascending. */
  readonly done: readonly number[];
}

/** How long tasks of a step took in an earlier run. */
export interface StepTimes {
  /** Of all its tasks that are done. */
  readonly meanMs: number;
  /** The longest first. */
  readonly longest: readonly { readonly key: string; readonly tookMs: number }[];
}

/**
 * The writes of a session. Each is durable against the death of the process when its promise resolves; those that wait
 * at the same time are committed together. Each is fenced twice: by the lease of the run, and by the attempt of the task.
 */
export interface MetadataWriter {
  /**
   * Makes a run, held by the claim, and returns its id. The data sets that its namespace sees at this moment are pinned to it.
   * @throws argument-invalid for a namespace that is none; refused in production without its token;
   *   run-locked when its firing has a run
   */
  createRun(run: NewRun, claim: LeaseClaim): Promise<RunLease>;
  /**
   * Takes over a run that nobody holds; attempts that its last owner left running become `lost`. Null for a run that is done,
   * as one may be since the claimant last looked: it stays as it is. @throws not-found, run-locked, refused
   */
  claimRun(run: string, claim: LeaseClaim): Promise<RunLease | null>;
  /** False when the run has another owner. A lease that ran out and that nobody took is renewed too. */
  renewLease(lease: RunLease): Promise<boolean>;
  beginStep(lease: RunLease, step: string): Promise<void>;
  /**
   * Returns the number of the attempt, from 1 over all sessions. An attempt of the task that still runs is superseded:
   * it becomes `lost` and can no longer end. @throws run-locked also when the task is done
   */
  beginAttempt(lease: RunLease, attempt: AttemptBegin): Promise<number>;
  /** @throws run-locked also when the attempt is no longer the running one of its task */
  endAttempt(lease: RunLease, attempt: AttemptEnd): Promise<void>;
  /** Names the log of an attempt as far as it is stored. @throws run-locked also when the attempt no longer runs */
  keepLog(lease: RunLease, attempt: AttemptLog): Promise<void>;
  /** Takes the failure of a task's last attempt for its outcome. @throws run-locked when that is not its last attempt */
  catchTask(lease: RunLease, caught: TaskCatch): Promise<void>;
  closeStep(lease: RunLease, step: string, artifact: StoredArtifact, status: "done" | "skipped"): Promise<void>;
  failStep(lease: RunLease, step: string): Promise<void>;
  /** Ends the session and gives the lease up. A run that is done publishes the data sets it made into its own namespace. */
  endRun(lease: RunLease, status: "done" | "failed" | "interrupted", error: ErrorJson | null): Promise<void>;
  /** Pins the run to other code, forgetting all steps but `kept`, whose places among the steps are the same as before. */
  replaceCode(lease: RunLease, graph: StepGraph, code: RunCode, kept: ReadonlySet<string>): Promise<void>;
  /** Anybody may, whoever holds the run. Tags that it has are left alone. @throws not-found, argument-invalid */
  addTags(run: string, tags: readonly string[]): Promise<void>;
  /** @throws not-found */
  removeTags(run: string, tags: readonly string[]): Promise<void>;
}

/** Which runs are listed: those that all of it is true of. */
export interface RunFilter {
  readonly flow?: string | undefined;
  readonly project?: string | undefined;
  readonly namespace?: string | undefined;
  readonly branch?: string | undefined;
  readonly user?: string | undefined;
  readonly tag?: string | undefined;
  /** Runs older than this one: the next page of a list. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Which tasks of a step are read: a page in the order of the items. */
export interface TaskFilter {
  readonly step: string;
  readonly status?: TaskStatus | undefined;
  /** Those after this index; the last of a page leads to the next. */
  readonly after?: number | undefined;
  readonly limit: number;
}

/** What is known of runs. */
export interface MetadataReader {
  /** Newest first. */
  listRuns(filter: RunFilter): Promise<readonly RunSummary[]>;
  /** A run without its steps: cheap, however many tasks it has. @throws not-found */
  readHead(run: string): Promise<RunHead>;
  /** Of these runs those that a workflow is to end and has not: it holds them, or let them go without a word. Newest first. */
  readClusterRuns(runs: readonly string[]): Promise<readonly RunHead[]>;
  /** A run with all its tasks and attempts. @throws not-found */
  readRun(run: string): Promise<RunRecord>;
  /** The steps of a run and how many tasks stand where, without the tasks. @throws not-found */
  readSteps(run: string): Promise<readonly StepCounts[]>;
  /** @throws not-found when there is no such run or step */
  readTasks(run: string, filter: TaskFilter): Promise<readonly TaskRecord[]>;
  /** One task by its key, with its outcome. @throws not-found */
  readTask(run: string, step: string, key: string): Promise<TaskDetail>;
  /** Of the last run before this one, of the same flow, that closed the step; null when there is none. */
  readTimes(run: string, step: string, limit: number): Promise<StepTimes | null>;
  /** By step: with the index of every task that has an outcome. */
  readPast(run: string): Promise<ReadonlyMap<string, StepPast>>;
  /** By step: cheap, however many tasks there are. */
  readStoredSteps(run: string): Promise<ReadonlyMap<string, StoredStep>>;
  /** Indexes of the tasks of a step from `start` to `end`, exclusive, that are done or caught, ascending. @throws not-found */
  readSettled(run: string, step: string, start: number, end: number): Promise<readonly number[]>;
  /** Outcomes of the tasks of a step that are done or caught, in the order of the items. */
  readOutcomes(run: string, step: string): Promise<readonly StoredArtifact[]>;
}

/** Run metadata: SQLite on one machine, PostgreSQL for many. */
export interface MetadataStore extends MetadataWriter, MetadataReader {
  readonly dataSets: DataSetStore;
  readonly triggers: TriggerStore;
  readonly usage: UsageStore;
  readonly collection: CollectionStore;
  /** What people know it by, free of secrets: a path, or host and name of a database. */
  readonly place: string;
  close(): Promise<void>;
}
