import { openKernel } from "../../../base/index.ts";
import type { Arena, Placed } from "../arena.ts";
import { plainScan } from "../plain/plain-scan.ts";
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
import { planPlace as at, comparisonBytes, planBytes, ruleNumbers, rulePlace } from "./layout.ts";
import { comparisonWords } from "./place-comparison.ts";
import { Struct } from "./struct.ts";

/** Scans with the kernel `wasm/linkage` where it is built, else in TypeScript. Everything of the plan must lie in `arena`. */
export function wasmScan(arena: Arena, plan: ScanPlan, read: ChunkReader): Float64Array {
  const kernel = openKernel<"scan">("linkage", arena.memory);
  if (kernel === undefined) return plainScan(arena, plan, read);
  const { struct, chunk, pairsByRule } = placePlan(arena, plan);
  while (struct.get(at.block) < struct.get(at.blockEnd)) {
    const count = kernel.scan(struct.at);
    if (count > 0) read(chunk, count);
  }
  return pairsByRule.values;
}

/** A plan in the arena, with scratch memory and a chunk of its own. */
export interface PlacedPlan {
  readonly struct: Struct;
  readonly chunk: PairChunk;
  /** Where the arrays of the chunk begin. */
  readonly chunkAt: Readonly<Record<keyof PairChunk, number>>;
  readonly pairsByRule: Placed<Float64Array>;
}

/** Places a plan as the kernel reads it. */
export function placePlan(arena: Arena, plan: ScanPlan): PlacedPlan {
  const { space } = plan;
  const struct = new Struct(arena, planBytes);
  const chunk = {
    left: arena.int32(chunkPairs),
    right: arena.int32(chunkPairs),
    pattern: arena.int32(chunkPairs),
    rule: arena.uint8(chunkPairs),
  };
  const pairsByRule = arena.float64(plan.rules.length);
  struct.set({
    [at.source]: space.source.at,
    [at.level]: space.level.at,
    [at.keyStarts]: space.keyStarts.at,
    [at.keys]: space.keys.at,
    [at.blockStarts]: space.blockStarts.at,
    [at.blockKeys]: space.blockKeys.at,
    [at.blockRules]: space.blockRules.at,
    [at.members]: space.members.at,
    [at.earlier]: space.earlier.at,
    [at.blockEnd]: space.blockCount,
    [at.dedupe]: plan.dedupe ? 1 : 0,
    [at.hasLevels]: plan.hasLevels ? 1 : 0,
    [at.marked]: plan.marked?.at ?? 0,
    [at.lefts]: plan.lefts?.at ?? 0,
    [at.comparisonCount]: plan.comparisons.length,
    [at.comparisons]: placeComparisons(arena, plan),
    [at.rules]: placeRules(arena, plan),
    [at.pairsByRule]: pairsByRule.at,
    [at.chunkLeft]: chunk.left.at,
    [at.chunkRight]: chunk.right.at,
    [at.chunkPattern]: chunk.pattern.at,
    [at.chunkRule]: chunk.rule.at,
    [at.chunkPairs]: chunkPairs,
    [at.tileRecords]: tileRecords,
    [at.records]: arena.int32(tileRecords).at,
    [at.alive]: arena.int32(tileRecords).at,
    [at.markedPlaces]: arena.int32(tileRecords).at,
    [at.patterns]: arena.int32(tileRecords).at,
    [at.block]: 0,
    [at.tileFrom]: -1,
  });
  struct.setFloats(at.keepWeight, [plan.keepWeight]);
  return {
    struct,
    pairsByRule,
    chunkAt: { left: chunk.left.at, right: chunk.right.at, pattern: chunk.pattern.at, rule: chunk.rule.at },
    chunk: {
      left: chunk.left.values,
      right: chunk.right.values,
      pattern: chunk.pattern.values,
      rule: chunk.rule.values,
    },
  };
}

function placeComparisons(arena: Arena, plan: ScanPlan): number {
  const words = plan.comparisons.map((comparison) => comparisonWords(comparison, arena));
  const struct = new Struct(arena, Math.max(words.length, 1) * comparisonBytes);
  words.forEach((ofComparison, c) => {
    for (const [place, value] of Object.entries(ofComparison))
      struct.set({ [c * comparisonBytes + Number(place)]: value });
  });
  return struct.at;
}

function placeRules(arena: Arena, plan: ScanPlan): number {
  const numbers = arena.float64(plan.rules.length * ruleNumbers);
  plan.rules.forEach((rule, r) => {
    writeRule(rule, plan, numbers.values.subarray(r * ruleNumbers, (r + 1) * ruleNumbers));
  });
  return numbers.at;
}

function writeRule({ start, weights }: RuleBounds, { comparisons, keepWeight }: ScanPlan, out: Float64Array): void {
  const count = comparisons.length;
  const ofComparison = (c: number): Float64Array => weights.subarray(c * levelsStride, (c + 1) * levelsStride);
  out[rulePlace.start] = start;
  for (let c = count - 1; c >= 0; c--)
    out[rulePlace.rest + c] =
      Math.max(...ofComparison(c)) + (c + 1 < count ? (out[rulePlace.rest + c + 1] as number) : 0);
  let least = start;
  for (let c = 0; c < count; c++) {
    out[rulePlace.mayDrop + c] = least + (out[rulePlace.rest + c] as number) < keepWeight ? 1 : 0;
    least += Math.min(...ofComparison(c));
  }
  for (let table = 0; table * 2 < count; table++) {
    for (let levels = 0; levels < 256; levels++) {
      const low = ofComparison(table * 2)[levels & 15] as number;
      const high = table * 2 + 1 < count ? (ofComparison(table * 2 + 1)[levels >> 4] as number) : 0;
      out[rulePlace.weights + table * 256 + levels] = low + high;
    }
  }
  writeLost(out, ofComparison, count, keepWeight);
}

/** Which patterns of the comparisons before the second, the third and the fourth are lost: a byte each, end to end. */
function writeLost(
  out: Float64Array,
  ofComparison: (c: number) => Float64Array,
  count: number,
  keepWeight: number,
): void {
  const lost = new Uint8Array(out.buffer, out.byteOffset + rulePlace.lost * 8);
  const weights = Array.from({ length: Math.min(count, 3) }, (_, c) => ofComparison(c));
  for (let c = 1, at = 0; c <= 3; at += 16 ** c, c++) {
    if (c >= count) return;
    const bound = keepWeight - (out[rulePlace.rest + c] as number) - boundSlack;
    for (let pattern = 0; pattern < 16 ** c; pattern++) {
      let weight = out[rulePlace.start] as number;
      for (let d = 0; d < c; d++) weight += (weights[d] as Float64Array)[(pattern >> (d * 4)) & 15] as number;
      lost[at + pattern] = weight < bound ? 1 : 0;
    }
  }
}
