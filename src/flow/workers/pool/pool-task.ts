import type { ErrorJson } from "../../../base/index.ts";
import type { BlobRef } from "../../blob.ts";
import type { AttemptStatus, StoredArtifact, TaskFacts, TaskProgress, TaskUsage } from "../../run-record.ts";
import type { StepPlan, TaskAddress } from "../../scheduler/index.ts";
import type { TaskDataSet } from "../../store/metadata-store.ts";
import type { TaskOrder } from "../../task/task-order.ts";
import type { Demand } from "../admission/index.ts";

/** A task that may begin as soon as a worker is free. */
export interface PoolTask {
  /** As the scheduler names it; its attempt counts in this session. */
  readonly address: TaskAddress;
  readonly key: string;
  /** What it takes of its host, the same for all tasks of a step. It is killed when it outgrows a memory it declares. */
  readonly demand: Demand;
  readonly timeoutMs: number | null;
  /** Gets a process of its own. */
  readonly isolate: boolean;
  /** Of those of its step, the longer ones begin first; any unit. */
  readonly expectedMs: number;
}

/** How an attempt ended. */
export interface PoolEnd {
  readonly status: Exclude<AttemptStatus, "running" | "lost">;
  /** Counted over all sessions. */
  readonly attempt: number;
  readonly startedMs: number;
  readonly usage: TaskUsage | null;
  readonly progress: TaskProgress | null;
  readonly error: ErrorJson | null;
  readonly artifact: StoredArtifact | null;
  readonly card: BlobRef | null;
  readonly facts: TaskFacts | null;
  /** What the plan's task found out; null for all other tasks. */
  readonly plan: StepPlan | null;
  /** What a task that is done made for others to read. */
  readonly dataSets?: readonly TaskDataSet[] | undefined;
}

/** What the pool asks and tells. Each may fail: the pool then stops and hands the error to `broken`. */
export interface PoolListener {
  /** Records the attempt and makes the order for it. `knownArtifacts` is what the worker has already. */
  begin(task: PoolTask, workerPid: number, knownArtifacts: ReadonlySet<string>): Promise<TaskOrder>;
  ended(task: PoolTask, end: PoolEnd): Promise<void>;
  progress(task: PoolTask, progress: TaskProgress): void;
  broken(error: unknown): void;
}
