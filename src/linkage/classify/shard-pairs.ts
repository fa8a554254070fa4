import { narrowParts, openShard, type Shard, type ShardAddress } from "../blocking/index.ts";
import { type PairComparer, prepareComparers } from "../compare/index.ts";
import {
  Arena,
  type ChunkReader,
  type EncodedComparison,
  encodeComparisons,
  kernelPairSpace,
  pairSpace,
  plainScan,
  plainTables,
  type RuleBounds,
  type Scanner,
  type ScanPlan,
  wasmScan,
} from "../engine/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";
import type { Frozen } from "./frozen.ts";
import { type LargestBlock, largestBlockOf } from "./largest-block.ts";

/** A comparison that the engine leaves to a comparer, at its place among all comparisons. */
interface ComparedAside {
  readonly place: number;
  readonly compare: PairComparer;
}

/** How a shard's pairs are opened. */
export interface OpenOptions {
  /** What scans the pairs; every scanner gives the same. Default: the fastest there is. */
  readonly scanner?: Scanner;
  /** Compare by the reference alone, pair by pair. Default false. */
  readonly reference?: boolean;
  /** Which slice of the shard's pairs is scanned, of how many: a pair is in the slice of its left record. Default: all. */
  readonly slice?: Slice;
  /** Shared memory that it takes at most, in MiB. Default 4,096, which is all that can be addressed. */
  readonly memoryMiB?: number;
}

/** One of several parts of a shard's pairs that need nothing of each other. */
export interface Slice {
  readonly index: number;
  readonly count: number;
}

/** The candidate pairs of one shard, ready to be counted and scored: records, blocks and columns in shared memory. */
export class ShardPairs {
  readonly settings: LinkageSettings;
  readonly frozen: Frozen;
  readonly shard: Shard;
  readonly #parts: readonly ShardPart[];
  readonly #options: OpenOptions;
  readonly #arena: Arena;
  #encoded: readonly EncodedComparison[] | undefined;
  #aside: readonly ComparedAside[] | undefined;
  readonly #space: ScanPlan["space"];
  readonly #scanner: Scanner;
  readonly #lefts: ScanPlan["lefts"];

  constructor(
    parts: readonly ShardPart[],
    frozen: Frozen,
    settings: LinkageSettings,
    address: ShardAddress,
    options: OpenOptions = {},
  ) {
    const { scanner = wasmScan, slice, memoryMiB } = options;
    this.#parts = parts;
    this.#options = options;
    this.#arena = new Arena(memoryMiB);
    this.settings = settings;
    this.frozen = frozen;
    this.shard = openShard(parts, frozen.facts, settings, address);
    this.#scanner = scanner;
    // What scans in TypeScript alone is opened so too.
    const makeSpace = scanner === plainScan ? pairSpace : kernelPairSpace;
    this.#space = makeSpace(this.shard, settings.dedupe, this.#arena);
    this.#lefts = slice === undefined || slice.count === 1 ? null : this.#sliceOf(slice);
  }

  /** Encodes what is compared now, and not when pairs are first scanned: right where all of them will be. */
  open(): this {
    this.#encoded ??= this.encoded;
    return this;
  }

  /** Comparisons that the engine carries out, in its order. */
  get encoded(): readonly EncodedComparison[] {
    const { comparisons } = this.settings;
    this.#encoded ??=
      this.#options.reference === true
        ? []
        : encodeComparisons(
            this.shard.fields,
            comparisons,
            this.#arena,
            this.#scanner === plainScan ? plainTables : undefined,
          );
    return this.#encoded;
  }

  /** The other comparisons. */
  get aside(): readonly ComparedAside[] {
    this.#aside ??= comparedAside(this.shard.fields, this.encoded, this.settings, this.frozen);
    return this.#aside;
  }

  /**
   * All pairs of the marked records, as pairs of a shard that holds these and those they make pairs with, and none else: far
   * less to open where few are marked. Undefined where that would spare nothing, as these are open, or nearly all would be.
   */
  narrowedTo(marked: Uint8Array): ShardPairs | undefined {
    if (this.#encoded !== undefined) return undefined;
    const near = this.#nearTo(marked);
    if (near.length * 2 > marked.length || this.#lefts !== null) return undefined;
    const parts = narrowParts(this.#parts, this.settings, near);
    return new ShardPairs(parts, this.frozen, this.settings, this.shard.address, this.#options);
  }

  /** The records of the blocks that hold a marked one, by place. */
  #nearTo(marked: Uint8Array): Int32Array {
    const { blockStarts, blockCount, members } = this.#space;
    const near = new Uint8Array(marked.length);
    for (let block = 0; block < blockCount; block++) {
      const records = members.values.subarray(blockStarts.values[block], blockStarts.values[block + 1]);
      if (records.some((record) => marked[record] === 1)) for (const record of records) near[record] = 1;
    }
    return Int32Array.from(near.keys()).filter((record) => near[record] === 1);
  }

  /** The block that holds the most records; null when there is none. */
  largestBlock(): LargestBlock | null {
    return largestBlockOf(this.#space, this.shard, this.settings, this.#parts);
  }

  /** The pairs of each rule, without a look at any. */
  countPairs(): number[] {
    const rules = this.settings.rules.map(() => ({
      start: 0,
      weights: new Float64Array(0),
      restMax: new Float64Array(0),
    }));
    const marked = new Uint8Array(this.shard.rowCount);
    return this.#scanWith([], { rules, keepWeight: Number.NEGATIVE_INFINITY, marked }, () => {});
  }

  #sliceOf({ index, count }: Slice): ScanPlan["lefts"] {
    const lefts = this.#arena.uint8(this.shard.rowCount);
    for (let record = index; record < lefts.values.length; record += count) lefts.values[record] = 1;
    return lefts;
  }

  /** Visits all pairs, or only those of marked records; gives the pairs of each rule, marked or not. */
  scan(
    what: { readonly rules: readonly RuleBounds[]; readonly keepWeight: number; readonly marked?: Uint8Array },
    read: ChunkReader,
  ): number[] {
    return this.#scanWith(this.encoded, what, read);
  }

  #scanWith(
    comparisons: readonly EncodedComparison[],
    what: { readonly rules: readonly RuleBounds[]; readonly keepWeight: number; readonly marked?: Uint8Array },
    read: ChunkReader,
  ): number[] {
    const { marked } = what;
    const placed = marked === undefined ? null : this.#arena.uint8(marked.length);
    placed?.values.set(marked as Uint8Array);
    const plan: ScanPlan = {
      space: this.#space,
      comparisons,
      dedupe: this.settings.dedupe,
      hasLevels: this.settings.levelField !== null,
      marked: placed,
      lefts: this.#lefts,
      rules: what.rules,
      keepWeight: what.keepWeight,
    };
    return Array.from(this.#scanner(this.#arena, plan, read));
  }
}

function comparedAside(
  fields: Shard["fields"],
  encoded: readonly EncodedComparison[],
  settings: LinkageSettings,
  frozen: Frozen,
): ComparedAside[] {
  const recordCount = Object.values(frozen.facts.recordCountBySource).reduce((sum, count) => sum + count, 0);
  const places = new Set(encoded.map(({ place }) => place));
  const comparers = prepareComparers(fields, settings.comparisons, frozen.frequencies, recordCount, places);
  return comparers.flatMap((compare, place) => (places.has(place) ? [] : [{ place, compare }]));
}
