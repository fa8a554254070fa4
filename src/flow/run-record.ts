import type { ErrorJson } from "../base/index.ts";
import type { BlobRef } from "./blob.ts";
import type { CodePin } from "./code/code-pin.ts";
import type { RunInput } from "./inputs/run-input.ts";
import type { StoredLog } from "./log/attempt-logs.ts";
import type { DataSetVersion } from "./namespace/data-set.ts";
import type { StepGraph } from "./step-graph.ts";

/**
 * Where a run stands. `interrupted` is also a run whose scheduler is gone: no run is `running` for ever.
 * `failed` and `interrupted` can be resumed.
 */
export type RunStatus = "running" | "done" | "failed" | "interrupted";

/** Where a step stands; `skipped` when its condition did not hold. */
export type StepStatus = "waiting" | "running" | "done" | "skipped" | "failed";

/** Where a task stands, which is where its last attempt ended; `caught` when its failure was taken for its outcome. */
export type TaskStatus = "waiting" | "running" | "done" | "caught" | "failed";

/** How an attempt ended: `crashed` when its worker died, `lost` when its scheduler did or a later attempt superseded it. */
export type AttemptStatus = "running" | "done" | "failed" | "timed-out" | "crashed" | "stopped" | "lost";

/** Whose run it is: what namespaces, branches and searches go by. */
export interface RunLabels {
  /** `user.NAME`, `test.BRANCH` or `prod`: where the run publishes data sets, and which it sees. */
  readonly namespace?: string | undefined;
  readonly user?: string | undefined;
  readonly branch?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** A run as its list shows it. */
export interface RunSummary extends RunLabels {
  /** The number of the run in its home: `12`. */
  readonly run: string;
  readonly flow: string;
  readonly project: string | null;
  readonly status: RunStatus;
  readonly createdMs: number;
  /** Null while it runs. After a crash the last sign of life, as of a run that waits and has no worker left. */
  readonly endedMs: number | null;
  readonly params: Readonly<Record<string, unknown>>;
  /** The first failure of a failed run, or what stopped one that is interrupted, such as a spent budget; null where nothing did. */
  readonly error: ErrorJson | null;
}

/** Where the scheduler of a run is: a process, so that its death can be seen at once on its own host, or a workflow of an engine. */
export type LeaseHolder =
  | { readonly kind: "process"; readonly pid: number; readonly hostName: string }
  | { readonly kind: "workflow"; readonly workflowId: string };

/** A run without its steps. */
export interface RunHead extends RunSummary {
  readonly graph: StepGraph;
  readonly code: RunCode;
  /** Who holds the run, or held it last. */
  readonly holder: LeaseHolder | null;
  /** The published data sets that the run sees, as they were when it was made. */
  readonly dataSets: readonly DataSetVersion[];
  /** The files that its params name, where they are in the artifact store. */
  readonly inputs: readonly RunInput[];
}

/** A run with all that is known of it. */
export interface RunRecord extends RunHead {
  readonly steps: readonly StepRecord[];
}

/** The code a run is pinned to. */
export interface RunCode {
  readonly flowModule: string;
  readonly exportName: string;
  /** What the caller says its code is, such as the version of the package. */
  readonly codeVersion: string;
  /** SHA-256 of the step graph and the code version, and of the code package where there is one. */
  readonly codeHash: string;
  /** How machines other than this one get the code; only of runs that others run. */
  readonly pin?: CodePin;
  /** Steps with results that earlier code came to, since the run went on with a mix of both. */
  readonly mixed?: readonly string[];
}

/** A step of a run without its tasks. */
export interface StepHead {
  readonly step: string;
  readonly kind: "single" | "foreach";
  readonly status: StepStatus;
  /** Number of tasks; null until it is known. */
  readonly width: number | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly artifact: StoredArtifact | null;
}

/** A step of a run. */
export interface StepRecord extends StepHead {
  /** Tasks that began, in the order of the items. */
  readonly tasks: readonly TaskRecord[];
}

/** A step of a run in figures. */
export interface StepCounts extends StepHead {
  /** Tasks that began, by where they stand. The task that lists the items is not counted. */
  readonly tasks: Readonly<Record<TaskStatus, number>>;
  /** Attempts of all of them. */
  readonly attempts: number;
}

/** An artifact's JSON: small ones in the metadata, others in the artifact store. */
export type StoredArtifact = { readonly inline: string } | BlobRef;

/** A task of a step. */
export interface TaskRecord {
  /** Its place among the items; -1 for the task that lists the items of a foreach or asks the condition of a step. */
  readonly index: number;
  readonly key: string;
  readonly status: TaskStatus;
  readonly attempts: readonly AttemptRecord[];
}

/** A task with its outcome. */
export interface TaskDetail extends TaskRecord {
  readonly artifact: StoredArtifact | null;
}

/** One attempt of a task and what it used. */
export interface AttemptRecord {
  /** From 1. */
  readonly attempt: number;
  readonly status: AttemptStatus;
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly usage: TaskUsage | null;
  readonly progress: TaskProgress | null;
  readonly error: ErrorJson | null;
  /** The operating system's id of the worker. */
  readonly workerPid: number;
  /** The machine of the worker, where that may be another. */
  readonly workerHost: string | null;
  /** The page the task left for people: JSON of a `TaskCard`. */
  readonly card: BlobRef | null;
  /** What the task said of its size. */
  readonly facts: TaskFacts | null;
  /** The pieces of its log so far; null when it wrote none, or the log is a file of the machine that the run is on. */
  readonly log: StoredLog | null;
}

/** How large a task's work is, in its own words: what explains why one task takes longer than its siblings. */
export interface TaskFacts {
  /** Records or rows that it reads. */
  readonly rows?: number;
  /** Pairs that it looks at. */
  readonly pairs?: number;
  /** The largest group of rows that are handled together, and so the most costly. */
  readonly largestBlock?: { readonly key: string; readonly rows?: number; readonly pairs?: number };
}

/** What an attempt used. */
export interface TaskUsage {
  /** User and system time of the worker during the attempt, all threads. */
  readonly cpuSeconds: number;
  /** Peak resident memory of the worker during the attempt. */
  readonly peakRssBytes: number;
  readonly blobReadBytes: number;
  readonly blobWrittenBytes: number;
  /** What the task said it spent on language models; absent when nothing. */
  readonly modelTokens?: number;
  readonly money?: number;
}

/** How far a task said it is. */
export interface TaskProgress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}
