import { orderOfNumbers, sortByNumber, wholeNumbers } from "../../base/index.ts";
import { columnOf, GrowingInt32 } from "../../columns/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { type Counts, rowsMax } from "./counts.ts";
import { unpackPattern } from "./pattern.ts";

/** A comparison pattern under the rule that made it. */
export interface PatternOfRule {
  readonly rule: number;
  readonly levels: readonly number[];
}

/**
 * The training pairs in an order that depends on nothing but themselves. Group `g` holds the candidates of one record in
 * one other source, `members[starts[g]]` up to `members[starts[g + 1]]`, as places in `patterns`: in a source without
 * duplicates at most one of them is a match. Where a source may hold duplicates, every pair is a group of its own.
 */
export interface Observations {
  readonly patterns: readonly PatternOfRule[];
  readonly starts: Int32Array;
  /** From which source to which each group looks: see {@link wayOf}. */
  readonly ways: Uint8Array;
  readonly members: Int32Array;
}

/** Sources a linkage has at most, rounded up: a way from one to another is one number. */
const sourcesStride = 16;

/** How many ways there are from source to source. */
export const wayCount = sourcesStride * sourcesStride;

/** The way from the candidates' owner, of the source with index `from`, to the source `to` of the candidates. */
export function wayOf(from: number, to: number): number {
  return from * sourcesStride + to;
}

/** Sorts merged counts into observations. */
export function observe(counts: Counts, settings: LinkageSettings): Observations {
  const [owner, other, rule, pattern] = (["owner", "other", "rule", "pattern"] as const).map(
    (name) => columnOf(counts.pairs, name, "number").values,
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const { patternAt, patterns } = distinctPatterns(rule, pattern, settings);
  const groupKey = new Float64Array(owner.length);
  for (let i = 0; i < groupKey.length; i++) groupKey[i] = (owner[i] as number) * sourcesStride + (other[i] as number);
  const order = byGroupThenPattern(groupKey, patternAt, patterns.length);
  const members = new Int32Array(order.length);
  const starts = new GrowingInt32();
  const ways = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const at = order[i] as number;
    members[i] = patternAt[at] as number;
    if (i > 0 && sameGroup(order[i - 1] as number, at, owner, groupKey, other, settings.dedupe)) continue;
    ways[starts.length] = wayOf(Math.floor((owner[at] as number) / rowsMax), other[at] as number);
    starts.push(i);
  }
  starts.push(order.length);
  const places = starts.toArray();
  return { patterns, starts: places, ways: ways.slice(0, places.length - 1), members };
}

/** By pattern first: the sort by group leaves those of one group in that order. */
function byGroupThenPattern(groupKey: Float64Array, patternAt: Int32Array, patternCount: number): Int32Array {
  const order = sortByNumber(wholeNumbers(groupKey.length), patternAt, patternCount);
  const keys = new Float64Array(order.length);
  for (let i = 0; i < keys.length; i++) keys[i] = groupKey[order[i] as number] as number;
  const byGroup = orderOfNumbers(keys);
  for (let i = 0; i < byGroup.length; i++) byGroup[i] = order[byGroup[i] as number] as number;
  return byGroup;
}

function sameGroup(
  a: number,
  b: number,
  owner: Float64Array,
  groupKey: Float64Array,
  other: Float64Array,
  dedupe: boolean,
): boolean {
  if (dedupe || groupKey[a] !== groupKey[b]) return false;
  return Math.floor((owner[a] as number) / rowsMax) !== other[a];
}

function distinctPatterns(
  rule: Float64Array,
  pattern: Float64Array,
  settings: LinkageSettings,
): { patternAt: Int32Array; patterns: PatternOfRule[] } {
  // In order of first appearance, until all are known.
  const seen = settings.rules.map(() => new Map<number, number>());
  const patternAt = new Int32Array(pattern.length);
  let count = 0;
  for (let i = 0; i < pattern.length; i++) {
    const ofRule = seen[rule[i] as number] as Map<number, number>;
    const known = ofRule.get(pattern[i] as number);
    if (known === undefined) ofRule.set(pattern[i] as number, count);
    patternAt[i] = known ?? count++;
  }
  const patterns: PatternOfRule[] = [];
  const placeOf = new Int32Array(count);
  seen.forEach((numberByPattern, ruleIndex) => {
    for (const [one, number] of [...numberByPattern].sort(([a], [b]) => a - b)) {
      placeOf[number] = patterns.length;
      patterns.push({ rule: ruleIndex, levels: unpackPattern(one, settings.comparisons.length) });
    }
  });
  for (let i = 0; i < patternAt.length; i++) patternAt[i] = placeOf[patternAt[i] as number] as number;
  return { patternAt, patterns };
}
