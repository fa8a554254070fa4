export {
  type BlockKeys,
  blockKeys,
  joinParts,
  partition,
  type ShardAddress,
  type SourceCounts,
  SourceTally,
} from "./blocking/index.ts";
export {
  type Counts,
  countShard,
  type DroppedBlock,
  type Frozen,
  type FrozenFacts,
  freeze,
  type Model,
  mergeCounts,
  modelSchema,
  noScoredPairs,
  type OpenOptions,
  probabilityOf,
  type ScoredShard,
  ShardPairs,
  scoreShard,
  train,
} from "./classify/index.ts";
export { type ClusterInput, type Clustering, cluster, type Decision, decisionSchema } from "./cluster/index.ts";
export {
  type CalibrationBin,
  type EntityMember,
  type Evaluation,
  evaluate,
  type Half,
  halfOf,
  type LabelledPair,
  type RecordPair,
  type RecordRef,
  readTruth,
  recordKey,
  type ScoredPair,
  type Scores,
  scoresOf,
  type TrivialRecord,
  type Truth,
  trivialRule,
  trivialTitle,
} from "./evaluate/index.ts";
export { type EvidenceStep, type Explanation, explainPair, type Tendency } from "./explain/index.ts";
export { checkLinkage, type FieldProfile, inferLinkage, type LinkageProfile } from "./infer-linkage.ts";
export { type BlockingRule, type ComparisonSettings, type LinkageSettings, linkageSchema } from "./settings.ts";
export type { ShardPart } from "./shard-part.ts";
