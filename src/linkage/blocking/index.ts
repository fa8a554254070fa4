export { type BlockKeys, blockKeys, hashesOfPart, ruleOfKey } from "./block-keys.ts";
export { type CountedKeys, mergeCounted } from "./counted-keys.ts";
export { distinctShares } from "./distinct-share.ts";
export { neededColumns, partition, shardOf } from "./partition.ts";
export { cutPart, inShardOrder, narrowParts } from "./select-part.ts";
export { openShard, type Shard } from "./shard.ts";
export type { ShardAddress } from "./shard-address.ts";
export { inKeyShare, recordDraws, type SourceCounts, SourceTally } from "./source-tally.ts";
export { type BlockChanges, keyChanger } from "./split-blocks.ts";
export {
  type FoundRows,
  keysOfPairs,
  PairParts,
  searchedSources,
  TopKSearch,
  topKPairsMax,
  topKRules,
} from "./top-k/index.ts";
