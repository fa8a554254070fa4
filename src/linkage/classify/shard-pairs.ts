import { openShard, type Shard, type ShardAddress } from "../blocking/index.ts";
import { type PairComparer, prepareComparers } from "../compare/index.ts";
import {
  Arena,
  type ChunkReader,
  type EncodedComparison,
  encodeComparisons,
  pairSpace,
  type RuleBounds,
  type Scanner,
  type ScanPlan,
  wasmScan,
} from "../engine/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";
import type { Frozen } from "./frozen.ts";

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
  /** Comparisons that the engine carries out, in its order. */
  readonly encoded: readonly EncodedComparison[];
  /** The other comparisons. */
  readonly aside: readonly ComparedAside[];
  readonly #arena = new Arena();
  readonly #space: ScanPlan["space"];
  readonly #scanner: Scanner;
  readonly #lefts: ScanPlan["lefts"];

  constructor(
    parts: readonly ShardPart[],
    frozen: Frozen,
    settings: LinkageSettings,
    address: ShardAddress,
    { scanner = wasmScan, reference = false, slice }: OpenOptions = {},
  ) {
    this.settings = settings;
    this.frozen = frozen;
    this.shard = openShard(parts, frozen.facts, settings, address);
    this.#space = pairSpace(this.shard, settings.dedupe, this.#arena);
    this.#scanner = scanner;
    this.#lefts = slice === undefined || slice.count === 1 ? null : this.#sliceOf(slice);
    this.encoded = reference ? [] : encodeComparisons(this.shard.fields, settings.comparisons, this.#arena);
    this.aside = comparedAside(this.shard.fields, this.encoded, settings, frozen);
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
    const { marked } = what;
    const placed = marked === undefined ? null : this.#arena.uint8(marked.length);
    placed?.values.set(marked as Uint8Array);
    const plan: ScanPlan = {
      space: this.#space,
      comparisons: this.encoded,
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
