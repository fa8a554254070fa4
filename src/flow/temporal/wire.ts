import type { ErrorJson } from "../../base/index.ts";
import type { Budgets } from "../budget/budget.ts";
import type { StepPlan } from "../scheduler/index.ts";
import type { StepGraph } from "../step-graph.ts";
import type { TraceCarrier } from "../telemetry/tracing-api.ts";

// What workflows and activities say to each other: addresses, counts and states, never items or results. An activity's
// history stays small, and a workflow of this release reads what one of the last release wrote: fields are added, not changed.

/** A session of a run: the number in the metadata, and the token that its lease names. */
export interface RunOrder {
  readonly run: string;
  readonly owner: string;
  /** What the names of the queues begin with. */
  readonly prefix: string;
  /** What whoever asked for the session wants of it; absent in orders of before there was any such wish. */
  readonly wishes?: SessionWishes;
}

/** What a session of a run is asked for beside its result. */
export interface SessionWishes {
  /** The lowest level that tasks write to their logs; default `info`. */
  readonly logLevel?: "debug" | "info";
  /** The trace that the run is in; absent where nobody listens. */
  readonly trace?: TraceCarrier;
  /** Absent when there is no ceiling. */
  readonly budgets?: Budgets;
  /** Events after which a new workflow goes on with the run, or with a window. */
  readonly historyEvents?: number;
}

/** What an earlier session left of a step. */
export interface WireHistory {
  readonly step: string;
  readonly plan: StepPlan | null;
  /** Pairs of a window and how many of its tasks have an outcome. */
  readonly settled: readonly (readonly [window: number, count: number])[];
  readonly closed: boolean;
}

/** What a run begins with. The graph is without params. */
export interface OpenedRun {
  readonly graph: StepGraph;
  readonly history: readonly WireHistory[];
}

/** Tasks that one activity runs, one after the other. */
export interface BatchOrder {
  readonly run: RunOrder;
  readonly step: string;
  readonly tasks: readonly BatchTask[];
  /** After so long it gives back what it has not begun. */
  readonly limitMs: number;
  /** The workflow that asked, which knows how the batch is to end when it is cancelled. */
  readonly windowWorkflow: string;
}

/** One task of a batch. */
export interface BatchTask {
  readonly index: number;
  /** A failure of this attempt is the task's last: where the step catches failures, it becomes the outcome. */
  readonly isLast: boolean;
}

/**
 * How a task of a batch came out. `again` was not run, or stopped with its worker: it costs no attempt. `withdrawn` was
 * given up since the run ends.
 */
export type BatchOutcome = "done" | "failed" | "fatal" | "uncatchable" | "again" | "withdrawn";

/** What came of a batch. */
export interface BatchReport {
  /** In the order of the tasks. */
  readonly outcomes: readonly BatchOutcome[];
  /** What the plan's task found out. */
  readonly plan: StepPlan | null;
  /** Time from begin to end of the attempts, together. */
  readonly busyMs: number;
  /** A ceiling was reached: the run is to stop. Absent otherwise. */
  readonly spent?: ErrorJson;
}

/** Why a step has no artifact although its tasks are done, or why the run stops in it. */
export interface Breakage {
  readonly step: string;
  readonly error: ErrorJson;
}

/** Why a run ends otherwise than done, where no failed task says it: a step, or what no retry mended. */
export type EndCause = Breakage | { readonly error: ErrorJson };

/** The end of a run. */
export interface RunEnding {
  readonly status: "done" | "failed" | "interrupted";
  readonly error: ErrorJson | null;
}

/** What every worker does for any run: short, but for `holdLease`. */
export interface ControlActivities {
  openRun(order: RunOrder): Promise<OpenedRun>;
  /** Renews the lease until it is cancelled or the run is over. */
  holdLease(order: RunOrder): Promise<void>;
  /** Indexes of the tasks from `start` to `end` that have an outcome. */
  settledTasks(order: RunOrder, step: string, start: number, end: number): Promise<readonly number[]>;
  /** Whether the tasks of a step that are to be done stay within all ceilings. Null when they do. */
  mayFanOut(order: RunOrder, step: string): Promise<Breakage | null>;
  /** Joins the outcomes into the artifact. Null when it is stored. */
  closeStep(order: RunOrder, step: string, skipped: boolean): Promise<Breakage | null>;
  endRun(order: RunOrder, status: RunEnding["status"], cause: EndCause | null): Promise<RunEnding>;
}

/** What the workers of a queue do. */
export interface TaskActivities {
  runBatch(order: BatchOrder): Promise<BatchReport>;
}
