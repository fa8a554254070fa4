import type { Table } from "../../columns/index.ts";
import type { KeyPart } from "../settings.ts";

/** A block that makes many pairs. */
export interface LargeBlock {
  readonly rule: string;
  readonly key: number;
  readonly pairs: number;
  /** The values that made the key, from a sampled record; null where no sampled record has it. */
  readonly example: string | null;
  /** What would split it best, where it makes a large share of all pairs and is small enough to stay whole. */
  readonly couldSplit?: { readonly by: KeyPart; readonly pairsAfter: number };
}

/** A block that makes more pairs than the settings allow, and is split by the keys of another field. */
export interface SplitBlock extends LargeBlock {
  readonly by: KeyPart;
  /** Predicted pairs after the split. */
  readonly pairsAfter: number;
}

/** What is known of all sources before any pair is scored; the same for every shard. Its two parts are JSON and a table. */
export interface Frozen {
  readonly facts: FrozenFacts;
  /** `comparison`, `key`, `count`: the most records of one source that share a value; values seen once are absent. */
  readonly frequencies: Table;
}

/** The part of {@link Frozen} that is plain JSON. */
export interface FrozenFacts {
  readonly recordCountBySource: Readonly<Record<string, number>>;
  /** Predicted pairs of each rule, blocks that are too large left out; a pair that several rules make counts in each. */
  readonly pairsByRule: readonly { readonly rule: string; readonly pairs: number }[];
  /** The blocks that make the most pairs, before any is split or left out. */
  readonly largestBlocks: readonly LargeBlock[];
  /** Blocks that would make more pairs than the settings allow, and are split. */
  readonly splitBlocks: readonly SplitBlock[];
  /** Such blocks that nothing splits far enough: left out of their rule. */
  readonly droppedBlocks: readonly LargeBlock[];
  /** Predicted pairs of each shard. */
  readonly pairsByShard: readonly number[];
  /** Records whose draw is below this lend their pairs to training. */
  readonly sampleShare: number;
  /** Patterns of random pairs that no rule makes, with how often each was seen. */
  readonly randomPatterns: readonly (readonly [pattern: number, count: number])[];
}
