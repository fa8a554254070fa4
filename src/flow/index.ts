export type { BlobRef, TaskBlobs } from "./blob.ts";
export {
  type DuplicateStep,
  type Flow,
  type ForeachOptions,
  flow,
  type NotJson,
  type StepOptions,
} from "./flow.ts";
export type { Jsonable } from "./json.ts";
export { flowLimits } from "./limits.ts";
export { endWithParent, openRuns, resumeRun, startRun } from "./local/index.ts";
export type { RunEvent, StepProgress, TaskEnded } from "./run-event.ts";
export type { HostOptions, ResumeOptions, RunResult, StartOptions } from "./run-options.ts";
export type {
  AttemptRecord,
  AttemptStatus,
  RunCode,
  RunLabels,
  RunRecord,
  RunStatus,
  RunSummary,
  StepRecord,
  StepStatus,
  StoredArtifact,
  TaskProgress,
  TaskRecord,
  TaskStatus,
  TaskUsage,
} from "./run-record.ts";
export type { Runs, TaskLogText } from "./runs.ts";
export type { RetryPolicy, StepGraph, StepNode } from "./step-graph.ts";
export type { ItemContext, TaskContext, TaskLog } from "./task-context.ts";
