import type { Calibration, Knot } from "./calibration.ts";
import { fitLine, type LabelCounts } from "./fit-line.ts";
import { monotone } from "./monotone.ts";

/** A pair that somebody labelled, with the weight (log2 of odds) a model gave it. */
export interface LabelledWeight {
  readonly weight: number;
  readonly match: boolean;
  /** How many pairs it stands for; default 1. */
  readonly importance?: number;
}

/** Pairs of a bin at least: fewer say little of their share of matches. */
const binPairs = 40;
const binsMax = 40;
/** Pairs that the straight line counts for in each bin. */
const linePairs = 10;

/**
 * Fits a calibration to labelled pairs: a straight line first, which a few labels settle, then as much of the bends that
 * isotonic regression finds as the number of labels in each bin bears out. Without labels it is "as it was".
 * B. Zadrozny, C. Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", 2002.
 */
export function fitCalibration(labelled: readonly LabelledWeight[]): Calibration {
  const counts = countLabels(labelled);
  const { slope, shift } = fitLine(counts);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return {
    pairs: sum(counts.pairs),
    matches: sum(counts.matches),
    slope,
    shift,
    knots: risingKnots(
      binsOf(counts, (weight) => slope * weight + shift),
      (weight) => slope * weight + shift,
    ),
  };
}

/** Labels by weight, so that their order means nothing. */
function countLabels(labelled: readonly LabelledWeight[]): LabelCounts {
  const byWeight = new Map<number, { pairs: number; matches: number }>();
  for (const { weight, match, importance = 1 } of labelled) {
    const counted = byWeight.get(weight) ?? { pairs: 0, matches: 0 };
    counted.pairs += importance;
    if (match) counted.matches += importance;
    byWeight.set(weight, counted);
  }
  const ordered = [...byWeight].sort(([a], [b]) => a - b);
  return {
    weight: Float64Array.from(ordered, ([weight]) => weight),
    pairs: Float64Array.from(ordered, ([, counted]) => counted.pairs),
    matches: Float64Array.from(ordered, ([, counted]) => counted.matches),
  };
}

interface Bin {
  weightSum: number;
  pairs: number;
  matches: number;
}

/**
 * Neighbouring weights, put together until a bin holds its share of what is uncertain by the line: the many pairs far from even
 * odds need few bins. What is left over joins the last.
 */
function binsOf({ weight, pairs, matches }: LabelCounts, line: (weight: number) => number): Bin[] {
  const doubt = pairs.map((count, i) => {
    const probability = 1 / (1 + 2 ** -line(weight[i] as number));
    return count * probability * (1 - probability);
  });
  const doubtMin = doubt.reduce((sum, one) => sum + one, 0) / binsMax;
  const bins: Bin[] = [];
  let open: Bin = { weightSum: 0, pairs: 0, matches: 0 };
  let doubted = 0;
  weight.forEach((one, i) => {
    open.weightSum += one * (pairs[i] as number);
    open.pairs += pairs[i] as number;
    open.matches += matches[i] as number;
    doubted += doubt[i] as number;
    if (open.pairs < binPairs || doubted < doubtMin) return;
    bins.push(open);
    open = { weightSum: 0, pairs: 0, matches: 0 };
    doubted = 0;
  });
  const last = bins.at(-1);
  if (last !== undefined && open.pairs > 0) {
    last.weightSum += open.weightSum;
    last.pairs += open.pairs;
    last.matches += open.matches;
  }
  return bins;
}

/** A knot for each run of bins that do not fall, in the middle of its pairs, so that the map rises throughout. */
function risingKnots(bins: readonly Bin[], line: (weight: number) => number): Knot[] {
  const shown = bins.map(({ weightSum, pairs, matches }) => {
    const expected = 1 / (1 + 2 ** -line(weightSum / pairs));
    return Math.log2((matches + linePairs * expected) / (pairs - matches + linePairs * (1 - expected)));
  });
  const rising = monotone(
    shown,
    bins.map((bin) => bin.pairs),
  );
  const knots: (Knot & { weightSum: number })[] = [];
  bins.forEach(({ weightSum, pairs }, i) => {
    const calibrated = rising[i] as number;
    const last = knots.at(-1);
    if (last === undefined || last.calibrated < calibrated)
      knots.push({ weight: weightSum / pairs, calibrated, pairs, weightSum });
    else {
      const joined = { weightSum: last.weightSum + weightSum, pairs: last.pairs + pairs };
      knots[knots.length - 1] = { ...joined, calibrated, weight: joined.weightSum / joined.pairs };
    }
  });
  return knots.map(({ weight, calibrated, pairs }) => ({ weight, calibrated, pairs }));
}
