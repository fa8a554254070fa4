import type { FrozenFacts } from "../../linkage/index.ts";

/** What is known of the pairs of an entity type before one is scored: the part of the facts that a plan shows. */
export type PlannedPairs = Pick<
  FrozenFacts,
  "pairsByRule" | "pairsByShard" | "largestBlocks" | "splitBlocks" | "droppedBlocks"
>;

/** Takes what a plan shows out of the facts. */
export function plannedPairs(facts: FrozenFacts): PlannedPairs {
  const { pairsByRule, pairsByShard, largestBlocks, splitBlocks, droppedBlocks } = facts;
  return { pairsByRule, pairsByShard, largestBlocks, splitBlocks, droppedBlocks };
}
