export type { BlobRef, TaskBlobs } from "./blob.ts";
export { amountKinds } from "./budget/amount.ts";
export type { Budgets } from "./budget/budget.ts";
export type { CollectOptions } from "./collect/collect-options.ts";
export { collectGarbage } from "./collect/index.ts";
export type { Collected, CollectedKind, CollectionProgress, CollectionReport, Kept } from "./collect/report.ts";
export { defaultRetention, keepTag, type Retention } from "./collect/retention.ts";
export type { DataSets } from "./data-sets.ts";
export { type AnyFlow, type Flow, flow } from "./flow.ts";
export { loadFlow, moduleUrl } from "./flow-module.ts";
export type { DuplicateStep, ForeachOptions, Items, NotJson, SingleOptions, WithinOptions } from "./flow-types.ts";
export { openDataSets, openRuns, stopRun, withRuns } from "./home/index.ts";
export { resumeRun, startRun } from "./hosts.ts";
export {
  type Distribution,
  insightOf,
  type PathStretch,
  type ResourceSuggestion,
  type ResourceUse,
  type RunInsight,
  type Skew,
  type SkewCause,
  type StepInsight,
  type TimeLane,
  type TimeLine,
  timeLineOf,
  type WaitCause,
} from "./insight/index.ts";
export type { Jsonable } from "./json.ts";
export type { JsonSchema } from "./json-schema.ts";
export { flowLimits } from "./limits.ts";
export type { LogLine } from "./log/log-lines.ts";
export type { DataSetFile, DataSetId, DataSetManifest, DataSetOutput, DataSetVersion } from "./namespace/data-set.ts";
export { checkGates, type GateOutcome, type Gates } from "./namespace/gates.ts";
export {
  defaultProject,
  isPlainName,
  namespaceOf,
  plainNameWords,
  productionNamespace,
} from "./namespace/namespace-name.ts";
export { makeProductionToken, tokenHash } from "./namespace/production-token.ts";
export type { TaskDataSets } from "./namespace/task-data-sets.ts";
export { rerunTask } from "./rerun/index.ts";
export type { JsonChange } from "./rerun/json-changes.ts";
export type { RerunOptions, RerunResult } from "./rerun/rerun-options.ts";
export { isOnCluster, type ResumableRun, resumeCommand } from "./resume-command.ts";
export type { RunEvent, StepProgress, TaskEnded, WaitedQueue } from "./run-event.ts";
export type { HostOptions, ResumeOptions, RunResult, StartOptions } from "./run-options.ts";
export type {
  AttemptRecord,
  AttemptStatus,
  LeaseHolder,
  RunCode,
  RunHead,
  RunLabels,
  RunRecord,
  RunStatus,
  RunSummary,
  StepCounts,
  StepHead,
  StepRecord,
  StepStatus,
  StoredArtifact,
  TaskDetail,
  TaskFacts,
  TaskProgress,
  TaskRecord,
  TaskStatus,
  TaskUsage,
} from "./run-record.ts";
export { type RunWait, type RunWaits, readWaiting, unknownWaits, type Waiting, withWait } from "./run-waits.ts";
export type { LogFilter, RunPlaces, Runs, TaskLogText } from "./runs.ts";
export type { RetryPolicy, StepGraph, StepNode, StepResources } from "./step-graph.ts";
export type { StepOptions } from "./step-options.ts";
export type { AuditRecord, DataSetStore } from "./store/data-set-store.ts";
export type { RunFilter, TaskFilter } from "./store/metadata-store.ts";
export type { S3Credentials, S3Settings } from "./store/s3/s3-settings.ts";
export type { StorePlaces } from "./store/store-places.ts";
export type { CardPart, TaskCard } from "./task-card.ts";
export {
  type ItemContext,
  type LogLevel,
  logLevels,
  type TaskCardWriter,
  type TaskContext,
  type TaskLog,
} from "./task-context.ts";
export { FatalError, isTaskFailure, type TaskFailure } from "./task-failure.ts";
export { runClusterWorker } from "./temporal/index.ts";
export { openQueues } from "./temporal/open-queues.ts";
export type { TemporalPlace } from "./temporal/temporal-place.ts";
export type { ClusterWorkerOptions } from "./temporal/worker-options.ts";
export { emitEvent, watchTriggers } from "./trigger/index.ts";
export { lengthMs, type Trigger } from "./trigger/trigger.ts";
export type { WatchOptions } from "./trigger/watch-triggers.ts";
export type { ResourceChanges } from "./with-resources.ts";
