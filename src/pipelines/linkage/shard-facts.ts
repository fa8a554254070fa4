import type { TaskFacts } from "../../flow/index.ts";
import type { ShardPairs } from "../../linkage/index.ts";

/** How large the work on a shard is, and which block made it so: what `kindred show` explains skew with. */
export function shardFacts(opened: ShardPairs, pairsByRule: readonly number[]): TaskFacts {
  const block = opened.largestBlock();
  const facts = { rows: opened.shard.rowCount, pairs: pairsByRule.reduce((sum, count) => sum + count, 0) };
  if (block === null) return facts;
  const key = `of rule "${block.rule}" with ${block.source}/${block.id}`;
  return { ...facts, largestBlock: { key, rows: block.records, pairs: block.pairs } };
}
