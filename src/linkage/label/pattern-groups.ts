import { unpackPattern } from "../classify/index.ts";
import { nullLevel } from "../compare/index.ts";

/** Kept pairs as numbers; all arrays are of one length. */
export interface GroupedColumns {
  /** The entity type of each pair, each with a model of its own. */
  readonly type: Uint8Array;
  readonly rule: Int32Array;
  readonly pattern: Float64Array;
  /** log2 of the posterior odds. */
  readonly weight: Float64Array;
}

/** Pairs that the model cannot tell apart: of one rule and one comparison pattern, and, whatever rivals they have, of one weight to the bit. */
export interface PatternGroup {
  readonly type: number;
  readonly rule: number;
  readonly pattern: number;
  /** The levels and the rule that make the pattern, as numbers of weights of the model; null levels have none. */
  readonly weights: Int32Array;
  /** Mean weight in nats, as logistic models count. */
  readonly logit: number;
  /** The places of its pairs, ascending. */
  readonly places: Int32Array;
}

/** Groups of pairs, and the numbering of the model's weights that they use. */
export interface PatternGroups {
  readonly groups: readonly PatternGroup[];
  /** The group of each pair. */
  readonly groupOf: Int32Array;
  readonly weightCount: number;
}

/**
 * Groups pairs by type, rule, pattern and weight, in the order of their first pair.
 * @param comparisonCounts how many comparisons a pattern of each type holds
 */
export function patternGroups(
  { type, rule, pattern, weight }: GroupedColumns,
  comparisonCounts: readonly number[],
): PatternGroups {
  const numbers = new Map<string, number>();
  const groupOf = Int32Array.from(rule, (ofRule, place) =>
    numberOf(numbers, `${type[place]} ${ofRule} ${pattern[place]} ${Math.round(weight[place] as number)}`),
  );
  const places: number[][] = Array.from({ length: numbers.size }, () => []);
  groupOf.forEach((group, place) => {
    (places[group] as number[]).push(place);
  });
  const weightNumbers = new Map<string, number>();
  const groups = places.map((ofGroup): PatternGroup => {
    const first = ofGroup[0] as number;
    const [ofType, ofRule, ofPattern] = [type[first] as number, rule[first] as number, pattern[first] as number];
    const levels = unpackPattern(ofPattern, comparisonCounts[ofType] as number);
    const names = levels.flatMap((level, c) => (level === nullLevel ? [] : [`${ofType} ${c} ${level}`]));
    const sum = ofGroup.reduce((total, place) => total + (weight[place] as number), 0);
    return {
      type: ofType,
      rule: ofRule,
      pattern: ofPattern,
      weights: Int32Array.from([`${ofType} rule ${ofRule}`, ...names], (name) => numberOf(weightNumbers, name)),
      logit: (sum / ofGroup.length) * Math.LN2,
      places: Int32Array.from(ofGroup),
    };
  });
  return { groups, groupOf, weightCount: weightNumbers.size };
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
