import type { Table } from "../../columns/index.ts";

/** A block that makes more pairs than the settings allow, and is left out of its rule. */
export interface DroppedBlock {
  readonly rule: string;
  readonly key: number;
  readonly pairs: number;
  /** The values that made the key, from a sampled record; null where no sampled record has it. */
  readonly example: string | null;
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
  readonly droppedBlocks: readonly DroppedBlock[];
  /** Records whose draw is below this lend their pairs to training. */
  readonly sampleShare: number;
  /** Patterns of random pairs that no rule makes, with how often each was seen. */
  readonly randomPatterns: readonly (readonly [pattern: number, count: number])[];
}
