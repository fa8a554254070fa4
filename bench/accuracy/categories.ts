import { type CategoryScores, type Interval, wilson } from "../../src/linkage/index.ts";
import type { Measure } from "./row.ts";

const specificityMin = 0.95;

/** Non-match categories with fewer pairs are judged together: alone, one pair would decide. */
const pairsMin = 30;

interface Apart {
  readonly kept: number;
  readonly pairs: number;
}

/**
 * The share of non-matches kept apart, a figure for each category of 30 pairs or more and one for the rest pooled. A half
 * of the data has fewer pairs: whether a category stands alone is decided on those that are there.
 */
export function specificityMeasures(
  set: string,
  found: readonly CategoryScores[],
  trivial: readonly CategoryScores[],
): Measure[] {
  const groups = [...Map.groupBy(found.filter(isNonMatch), groupOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([group, ofGroup]) => {
    const names = new Set(ofGroup.map(({ category }) => category));
    const { kept, pairs } = apartOf(ofGroup);
    const other = apartOf(trivial.filter(({ category }) => names.has(category)));
    return {
      name: `${set} specificity ${group}`,
      value: kept / pairs,
      interval: wilson(kept, pairs),
      trivial: other.kept / Math.max(other.pairs, 1),
      bar: specificityMin,
    };
  });
}

function isNonMatch({ pairs }: CategoryScores): boolean {
  return pairs.trueNegatives + pairs.falsePositives > 0;
}

function groupOf({ category, pairs }: CategoryScores): string {
  return pairs.trueNegatives + pairs.falsePositives >= pairsMin ? category : "pooled";
}

function apartOf(categories: readonly CategoryScores[]): Apart {
  const kept = categories.reduce((sum, { pairs }) => sum + pairs.trueNegatives, 0);
  return { kept, pairs: categories.reduce((sum, { pairs }) => sum + pairs.trueNegatives + pairs.falsePositives, 0) };
}

/** Every category, however small, with Wilson's interval, beside the trivial rule. */
export function categoryDetails(found: readonly CategoryScores[], trivial: readonly CategoryScores[]): string[] {
  const other = new Map(trivial.map((one) => [one.category, one.pairs]));
  return found.map(({ category, pairs, recallInterval, specificityInterval }) => {
    const beside = other.get(category);
    const [what, right, missed, interval, trivialRight] =
      pairs.truePositives + pairs.falseNegatives > 0
        ? (["found", pairs.truePositives, pairs.falseNegatives, recallInterval, beside?.truePositives] as const)
        : (["apart", pairs.trueNegatives, pairs.falsePositives, specificityInterval, beside?.trueNegatives] as const);
    return `    ${category.padEnd(42)} ${right} of ${right + missed} ${what} ${intervalText(interval)}  trivial ${trivialRight ?? "-"}`;
  });
}

/** An interval as `[.912, .987]`. */
export function intervalText(interval: Interval | null | undefined): string {
  return interval ? `[${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]` : "";
}
