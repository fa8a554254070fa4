import type { Arena } from "../arena.ts";
import { earlierKey, type PairSpace } from "../pair-space.ts";
import {
  boundSlack,
  type ChunkReader,
  chunkPairs,
  levelsStride,
  type PairChunk,
  type RuleBounds,
  type ScanPlan,
  tileRecords,
} from "../scan.ts";
import type { Lane } from "./lane.ts";
import { laneOf } from "./lane-of.ts";

/** Scans in TypeScript alone: block by block, in tiles, one left record against a tile, comparison by comparison. */
export function plainScan(_arena: Arena, plan: ScanPlan, read: ChunkReader): Float64Array {
  const scan = new PlainScan(plan, read);
  for (let block = 0; block < plan.space.blockCount; block++) scan.block(block);
  return scan.finish();
}

class PlainScan {
  readonly #plan: ScanPlan;
  readonly #space: PairSpace;
  readonly #read: ChunkReader;
  readonly #lanes: readonly Lane[];
  readonly #pairsByRule: Float64Array;
  readonly #chunk: PairChunk = {
    left: new Int32Array(chunkPairs),
    right: new Int32Array(chunkPairs),
    pattern: new Int32Array(chunkPairs),
    rule: new Uint8Array(chunkPairs),
  };
  #chunkCount = 0;
  /** The record at each place of the tile. */
  readonly #records = new Int32Array(tileRecords);
  readonly #alive = new Int32Array(tileRecords);
  readonly #levels = new Uint8Array(tileRecords);
  readonly #patterns = new Int32Array(tileRecords);
  readonly #weights = new Float64Array(tileRecords);

  constructor(plan: ScanPlan, read: ChunkReader) {
    this.#plan = plan;
    this.#space = plan.space;
    this.#read = read;
    this.#lanes = plan.comparisons.map(laneOf);
    this.#pairsByRule = new Float64Array(plan.rules.length);
  }

  finish(): Float64Array {
    this.#flush();
    return this.#pairsByRule;
  }

  /** All pairs of a block, tile by tile of its right records. */
  block(block: number): void {
    const { blockStarts, blockKeys, blockRules, members } = this.#space;
    const from = blockStarts.values[block] as number;
    const to = blockStarts.values[block + 1] as number;
    const key = blockKeys.values[block] as number;
    const rule = blockRules.values[block] as number;
    // Records that are never a right one need no place in a tile.
    for (let tileFrom = this.#firstRight(from, to, from); tileFrom < to; tileFrom += tileRecords) {
      const tileTo = Math.min(tileFrom + tileRecords, to);
      this.#loadTile(tileFrom, tileTo);
      let firstRight = from;
      for (let i = from; i < tileTo; i++) {
        firstRight = this.#firstRight(i, to, firstRight);
        if (firstRight >= tileTo) continue;
        const left = members.values[i] as number;
        if (this.#plan.lefts?.values[left] === 0) continue;
        this.#left(i, key, rule, tileFrom, Math.max(firstRight - tileFrom, 0), tileTo - tileFrom);
      }
    }
  }

  /** Where the records begin that the one at `i` may be paired with. */
  #firstRight(i: number, to: number, known: number): number {
    if (this.#plan.dedupe) return i + 1;
    const { members, source } = this.#space;
    const own = source.values[members.values[i] as number];
    let first = Math.max(known, i + 1);
    while (first < to && source.values[members.values[first] as number] === own) first++;
    return first;
  }

  #loadTile(from: number, to: number): void {
    const { members } = this.#space;
    for (let at = from; at < to; at++) {
      const record = members.values[at] as number;
      const place = at - from;
      this.#records[place] = record;
      for (const lane of this.#lanes) lane.load(record, place);
    }
  }

  /** Where a record's keys hold this one. */
  #keyPlace(record: number, key: number): number {
    const { keyStarts, keys } = this.#space;
    let at = keyStarts.values[record] as number;
    while (keys.values[at] !== key) at++;
    return at;
  }

  /** The record of a block at `i`, and those of the tile. */
  #left(i: number, key: number, rule: number, tileFrom: number, fromPlace: number, toPlace: number): void {
    const left = this.#space.members.values[i] as number;
    let count = this.#candidates(i, key, tileFrom, fromPlace, toPlace);
    this.#pairsByRule[rule] = (this.#pairsByRule[rule] as number) + count;
    if (this.#plan.marked !== null) count = this.#onlyMarked(left, count);
    const bounds = this.#plan.rules[rule] as RuleBounds;
    for (let k = 0; k < count; k++) {
      const place = this.#alive[k] as number;
      this.#patterns[place] = 0;
      this.#weights[place] = bounds.start;
    }
    for (let c = 0; c < this.#lanes.length && count > 0; c++) count = this.#compare(left, c, bounds, count);
    this.#emit(left, rule, count);
  }

  /** Writes the places of the tile that make a pair with the left record under this key, none under a smaller one. */
  #candidates(i: number, key: number, tileFrom: number, fromPlace: number, toPlace: number): number {
    const { members, earlier, level } = this.#space;
    const left = members.values[i] as number;
    const own = earlier.values[i] as number;
    const leftLevel = this.#plan.hasLevels ? (level.values[left] as number) : 0;
    let count = 0;
    for (let place = fromPlace; place < toPlace; place++) {
      const other = earlier.values[tileFrom + place] as number;
      if (own >= 0 && other >= 0) {
        if (own === other) continue;
      } else if (own !== earlierKey.none && other !== earlierKey.none && this.#shareEarlier(left, place, key)) continue;
      if (leftLevel !== 0) {
        const rightLevel = level.values[this.#records[place] as number] as number;
        if (rightLevel !== 0 && rightLevel !== leftLevel) continue;
      }
      this.#alive[count++] = place;
    }
    return count;
  }

  /** Whether a left record and one of the tile have a key in common before this one. */
  #shareEarlier(left: number, place: number, key: number): boolean {
    const { keyStarts, keys } = this.#space;
    const right = this.#records[place] as number;
    return shareMember(
      keys.values,
      keyStarts.values[left] as number,
      this.#keyPlace(left, key),
      keyStarts.values[right] as number,
      this.#keyPlace(right, key),
    );
  }

  #onlyMarked(left: number, count: number): number {
    const marked = (this.#plan.marked as { values: Uint8Array }).values;
    if (marked[left] === 1) return count;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const place = this.#alive[k] as number;
      if (marked[this.#records[place] as number] === 1) this.#alive[kept++] = place;
    }
    return kept;
  }

  /** Carries out one comparison and drops the pairs that nothing left could lift over the bound. */
  #compare(left: number, c: number, { weights, restMax }: RuleBounds, count: number): number {
    const lane = this.#lanes[c] as Lane;
    lane.setLeft(left);
    lane.compare(this.#alive, count, this.#levels);
    const bound = this.#plan.keepWeight - (restMax[c] as number) - boundSlack;
    const shift = c * 4;
    const offset = c * levelsStride;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const place = this.#alive[k] as number;
      const level = this.#levels[k] as number;
      const weight = (this.#weights[place] as number) + (weights[offset + level] as number);
      if (weight < bound) continue;
      this.#weights[place] = weight;
      this.#patterns[place] = (this.#patterns[place] as number) | (level << shift);
      this.#alive[kept++] = place;
    }
    return kept;
  }

  #emit(left: number, rule: number, count: number): void {
    const { chunk } = { chunk: this.#chunk };
    for (let k = 0; k < count; k++) {
      if (this.#chunkCount === chunkPairs) this.#flush();
      const place = this.#alive[k] as number;
      const at = this.#chunkCount++;
      chunk.left[at] = left;
      chunk.right[at] = this.#records[place] as number;
      chunk.pattern[at] = this.#patterns[place] as number;
      chunk.rule[at] = rule;
    }
  }

  #flush(): void {
    if (this.#chunkCount > 0) this.#read(this.#chunk, this.#chunkCount);
    this.#chunkCount = 0;
  }
}

/** Whether two ascending runs of keys have one in common. */
function shareMember(keys: Int32Array, fromA: number, toA: number, fromB: number, toB: number): boolean {
  let a = fromA;
  let b = fromB;
  while (a < toA && b < toB) {
    const left = keys[a] as number;
    const right = keys[b] as number;
    if (left === right) return true;
    if (left < right) a++;
    else b++;
  }
  return false;
}
