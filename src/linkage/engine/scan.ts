import type { Arena, Placed } from "./arena.ts";
import type { EncodedComparison } from "./encoded-comparison.ts";
import type { PairSpace } from "./pair-space.ts";

/** Levels a comparison has at most, as weights are laid out. */
export const levelsStride = 16;

/** How the pairs of one rule are weighed while they are scanned, by comparison in the order of the scan. */
export interface RuleBounds {
  /** Prior weight, plus the most that comparisons outside of the scan can add. */
  readonly start: number;
  /** Weight of level `l` of comparison `c` at `c * levelsStride + l`. */
  readonly weights: Float64Array;
  /** The most that the comparisons after `c` can add. */
  readonly restMax: Float64Array;
}

/** What a scan does: visit every pair of the space, compare it, and hand on those that may be kept. */
export interface ScanPlan {
  readonly space: PairSpace;
  readonly comparisons: readonly EncodedComparison[];
  /** Pairs within a source are made too. */
  readonly dedupe: boolean;
  /** Records of two known levels make no pair. */
  readonly hasLevels: boolean;
  /** Where set, only pairs of which a record is marked. */
  readonly marked: Placed<Uint8Array> | null;
  /** Where set, only pairs whose left record is marked here: one slice of the pairs of a shard. */
  readonly lefts: Placed<Uint8Array> | null;
  readonly rules: readonly RuleBounds[];
  /** Pairs that cannot reach this weight are dropped; minus infinity keeps all. */
  readonly keepWeight: number;
}

/** Pairs on their way out of a scan, in arrays that the next chunk overwrites. */
export interface PairChunk {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Four bits for each comparison of the scan, the first in the lowest. */
  readonly pattern: Int32Array;
  readonly rule: Uint8Array;
}

/** Gets the first `count` pairs of a chunk. */
export type ChunkReader = (chunk: PairChunk, count: number) => void;

/** How a space is scanned; every implementation gives the same pairs in the same order. Returns the pairs of each rule. */
export type Scanner = (arena: Arena, plan: ScanPlan, read: ChunkReader) => Float64Array;

/** Records of a block that are laid side by side at a time: what a core keeps close at hand. */
export const tileRecords = 1024;

/** Pairs of a chunk. */
export const chunkPairs = 16_384;

/** A weight that only rounding keeps from the bound is not dropped. */
export const boundSlack = 1e-9;
