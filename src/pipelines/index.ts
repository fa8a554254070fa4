export { configSchema, defineConfig, type KindredConfig } from "./config/config.ts";
export { loadConfig } from "./config/load-config.ts";
export { type ClassifyRequest, type ClassifyResult, classifyPairs } from "./classify/classify-pairs.ts";
export { decidedPairs } from "./decisions/decided-pairs.ts";
export { readDecisionFile } from "./decisions/decision-file.ts";
export {
  type DecisionEvent,
  decisionsInForce,
  logDecisions,
  type NewDecision,
  readDecisionLog,
  revokeDecision,
} from "./decisions/decision-log.ts";
export { demoConfig } from "./demo/demo-config.ts";
export { type Story, tellStory } from "./demo/story.ts";
export { evaluateLinkage, type LinkageEvaluation } from "./evaluate/evaluate-linkage.ts";
export {
  explainRecords,
  linksAmong,
  linksOf,
  type PairExplanation,
  publishedRecords,
  type RecordName,
} from "./explain/explain-records.ts";
export { type DiffExample, diffExamples } from "./diff/diff-examples.ts";
export {
  type CauseCount,
  type DiffedLinkage,
  diffLinkages,
  type EntityChangeCount,
  type LinkageDiff,
} from "./diff/diff-linkages.ts";
export type { EntityDiff } from "./diff/entity-diffs.ts";
export type { PairDiff, PairView } from "./diff/pair-diffs.ts";
export { type Calibrations, calibrateLinkage } from "./teach/calibrate-linkage.ts";
export { readTeaching } from "./teach/read-teaching.ts";
export { writeDiff } from "./diff/write-diff.ts";
export type { LabelWord, PairLabel } from "./label/label-file.ts";
export { type LabelQuestion, Labelling } from "./label/labelling.ts";
export { decideFlow, linkageFlow, planFlow } from "./linkage/flow.ts";
export { loadProject, noProject } from "./project/load-project.ts";
export type { Project } from "./project/project-schema.ts";
export type { VersionComparison } from "./production/compare-versions.ts";
export { type DataSetPromotion, type PromoteResult, promoteRun } from "./production/promote-run.ts";
export { type ListedVersion, listVersions } from "./production/list-versions.ts";
export { type ProductionChange, productionHistory } from "./production/production-history.ts";
export { runDataSets } from "./production/run-data-sets.ts";
export { type VersionFigures, versionFigures } from "./production/version-figures.ts";
export { writeDataSet } from "./production/write-data-set.ts";
export { writeHandedOver } from "./linkage/handed-over.ts";
export { knownNames } from "./linkage/known-names.ts";
export { defaultLinkageParams, type LinkageParams } from "./linkage/params.ts";
export { openLinkage, type PublishedLinkage } from "./linkage/published-linkage.ts";
export { type LinkedPair, recordsOf } from "./linkage/result-files.ts";
export {
  flowModule,
  type LinkageResult,
  type PipelineHost,
  type PlanResult,
  runDecide,
  runLinkage,
  runPlan,
} from "./linkage/run-linkage.ts";
