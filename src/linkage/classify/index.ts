export { type Counts, countShard, mergeCounts } from "./counts.ts";
export { freeze } from "./freeze.ts";
export type { Frozen, FrozenFacts } from "./frozen.ts";
export { type Model, modelSchema, probabilityOf, type RuleModel, weightOf } from "./model.ts";
export { unpackPattern } from "./pattern.ts";
export { noScoredPairs, type ScoredShard, scoreShard } from "./score.ts";
export { settleWeights } from "./settle-weights.ts";
export { type OpenOptions, ShardPairs, type Slice } from "./shard-pairs.ts";
export { train } from "./train.ts";
