import { orderOfNumbers, sortByNumber, wholeNumbers } from "../../base/index.ts";
import { columnOf } from "../../columns/index.ts";
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
  const groupKey = owner.map((record, i) => record * sourcesStride + (other[i] as number));
  // By pattern first: the sort by group leaves those of one group in that order.
  const byPattern = sortByNumber(wholeNumbers(owner.length), patternAt, patterns.length);
  const byGroup = orderOfNumbers(groupKey.map((_, i) => groupKey[byPattern[i] as number] as number));
  const order = byGroup.map((i) => byPattern[i] as number);
  const starts: number[] = [0];
  for (let i = 1; i <= order.length; i++) {
    if (
      i === order.length ||
      !sameGroup(order[i - 1] as number, order[i] as number, owner, groupKey, other, settings.dedupe)
    )
      starts.push(i);
  }
  const places = Int32Array.from(order.length === 0 ? [0] : starts);
  return {
    patterns,
    starts: places,
    ways: Uint8Array.from(places.subarray(0, -1), (start) => {
      const first = order[start] as number;
      return wayOf(Math.floor((owner[first] as number) / rowsMax), other[first] as number);
    }),
    members: order.map((at) => patternAt[at] as number),
  };
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
  const seen = settings.rules.map(() => new Map<number, number>());
  pattern.forEach((one, i) => {
    (seen[rule[i] as number] as Map<number, number>).set(one, 0);
  });
  const patterns: PatternOfRule[] = [];
  seen.forEach((numberByPattern, ruleIndex) => {
    for (const one of [...numberByPattern.keys()].sort((a, b) => a - b)) {
      numberByPattern.set(one, patterns.length);
      patterns.push({ rule: ruleIndex, levels: unpackPattern(one, settings.comparisons.length) });
    }
  });
  const patternAt = Int32Array.from(
    pattern,
    (one, i) => (seen[rule[i] as number] as Map<number, number>).get(one) as number,
  );
  return { patternAt, patterns };
}
