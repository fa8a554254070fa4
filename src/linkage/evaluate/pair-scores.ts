import type { UnitTable } from "./bootstrap.ts";
import { DisjointSets } from "./disjoint-sets.ts";
import { type Interval, wilson } from "./interval.ts";
import { scoreIntervals } from "./score-intervals.ts";
import { type ScoreIntervals, type Scores, scoresOf } from "./scores.ts";
import { type LabelledPair, type RecordPair, recordKey } from "./truth.ts";

/** The labelled pairs of one category. */
export interface CategoryScores {
  readonly category: string;
  readonly pairs: Scores;
  /** Wilson's interval of the share of matches that were found; null where the category has none. */
  readonly recallInterval: Interval | null;
  /** Share of other pairs that were kept apart, and its interval; null where the category has none. */
  readonly specificity: number | null;
  readonly specificityInterval: Interval | null;
}

/** Labelled pairs beside what was found. */
export interface LabelScores {
  readonly pairs: Scores;
  readonly intervals: ScoreIntervals | null;
  readonly byCategory: readonly CategoryScores[];
}

/** Scores what was said of labelled pairs, as a whole and by category. */
export function labelScores(pairs: readonly LabelledPair[], isFound: (pair: RecordPair) => boolean): LabelScores {
  const judged = pairs.map((pair) => ({ match: pair.match, found: isFound(pair), category: pair.category ?? "" }));
  const categories = [...Map.groupBy(judged, (one) => one.category)].filter(([category]) => category !== "");
  return {
    pairs: countScores(judged),
    intervals: scoreIntervals(labelUnits(pairs, judged), [{ precision: [0, 1], recall: [0, 2] }])[0] ?? null,
    byCategory: categories
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([category, ofCategory]) => categoryScores(category, countScores(ofCategory))),
  };
}

function categoryScores(category: string, pairs: Scores): CategoryScores {
  const { truePositives, falseNegatives, trueNegatives, falsePositives } = pairs;
  const others = trueNegatives + falsePositives;
  return {
    category,
    pairs,
    recallInterval: wilson(truePositives, truePositives + falseNegatives),
    specificity: others === 0 ? null : trueNegatives / others,
    specificityInterval: wilson(trueNegatives, others),
  };
}

function countScores(judged: readonly { readonly match: boolean; readonly found: boolean }[]): Scores {
  const count = (match: boolean, found: boolean): number =>
    judged.filter((one) => one.match === match && one.found === found).length;
  return scoresOf(count(true, true), count(false, true), count(true, false), count(false, false));
}

/** Right, found and true pairs by entity: a film that is hard in one pair is hard in its others. */
function labelUnits(
  pairs: readonly LabelledPair[],
  judged: readonly { readonly match: boolean; readonly found: boolean }[],
): UnitTable {
  const { unitOf, unitCount } = pairUnits(pairs);
  const values = new Float64Array(unitCount * 3);
  judged.forEach(({ match, found }, i) => {
    const first = (unitOf[i] as number) * 3;
    if (match && found) values[first] = (values[first] as number) + 1;
    if (found) values[first + 1] = (values[first + 1] as number) + 1;
    if (match) values[first + 2] = (values[first + 2] as number) + 1;
  });
  return { unitCount, width: 3, values };
}

/** The entity that each labelled pair belongs to: records joined by labels that say match, of a pair's first record. */
export function pairUnits(pairs: readonly LabelledPair[]): { unitOf: Int32Array; unitCount: number } {
  const numbers = new Map<string, number>();
  const numberOf = (key: string): number => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const ends = pairs.map(({ left, right }) => [recordKey(left), recordKey(right)].sort().map(numberOf));
  const sets = new DisjointSets(numbers.size);
  ends.forEach(([first, second], i) => {
    if (pairs[i]?.match) sets.join(first as number, second as number);
  });
  const units = new Map<number, number>();
  const unitOf = Int32Array.from(ends, ([first]) => {
    const root = sets.find(first as number);
    const unit = units.get(root) ?? units.size;
    units.set(root, unit);
    return unit;
  });
  return { unitOf, unitCount: units.size };
}
