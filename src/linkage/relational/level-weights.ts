import { probabilityOf } from "../classify/index.ts";
import { relationalDefaults } from "../defaults.ts";

/** How much two records share with matched records: 0 nothing, 1 something, 2 something that tells. */
export type RelatedLevel = 0 | 1 | 2;

/** Expected shares of the levels 1 and 2 among matches and other pairs, before any pair is seen. */
const expected = { m: [0.05, 0.15], u: [0.01, 0.005] } as const;

const iterations = 20;

/**
 * The weights of the levels, as in Fellegi and Sunter's model: log2 of how much more often matches show them, by expectation
 * maximisation over pairs whose weights without them are fixed. That nothing is shared is no evidence; more is never worth less;
 * and no weight is above the bound.
 * @param levels a {@link RelatedLevel} a pair
 * @param weight of each pair, without what this gives
 * @param order in which pairs are added up, so that the last bit does not depend on how they were found
 * @param eligible the pairs that could share something, as 1
 */
export function levelWeights(
  levels: Uint8Array,
  eligible: Uint8Array,
  weight: Float64Array,
  order: Int32Array,
): readonly [number, number, number] {
  let found = weightsOf([0, 0], [0, 0], 0, 0);
  for (let i = 0; i < iterations; i++) {
    const [match, rest] = [new Float64Array(3), new Float64Array(3)];
    for (const pair of order) {
      if (eligible[pair] === 0) continue;
      const level = levels[pair] as RelatedLevel;
      const probability = probabilityOf((weight[pair] as number) + found[level]);
      match[level] = (match[level] as number) + probability;
      rest[level] = (rest[level] as number) + 1 - probability;
    }
    found = weightsOf([...match.subarray(1)], [...rest.subarray(1)], total(match), total(rest));
  }
  return found;
}

function weightsOf(
  match: readonly number[],
  rest: readonly number[],
  matches: number,
  others: number,
): readonly [number, number, number] {
  const { expectedPairs, weightMax } = relationalDefaults;
  const shareOf = (
    counts: readonly number[],
    all: number,
    share: readonly number[],
    wanted: readonly number[],
  ): number =>
    wanted.reduce((sum, level) => sum + (counts[level] as number) + expectedPairs * (share[level] as number), 0) /
    (all + expectedPairs);
  const weightOf = (...levels: readonly number[]): number => {
    const [m, u] = [shareOf(match, matches, expected.m, levels), shareOf(rest, others, expected.u, levels)];
    return Math.min(Math.max(Math.log2(m / u), 0), weightMax);
  };
  const [first, second] = [weightOf(0), weightOf(1)];
  // Two levels that go against their order are one.
  return second < first ? [0, weightOf(0, 1), weightOf(0, 1)] : [0, first, second];
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
