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
/** Matches, and as many non-matches, that the straight line counts for in each bin ("er-magellan, train and valid"). */
const lineCount = 1;
/** Pairs of the rarer kind that a bin has to show for its own share to count as much as the bent line ("er-magellan, train and valid"). */
const shownCount = 50;

/**
 * Fits a calibration to labelled pairs: a straight line first, which a few labels settle, then as much of the bends that
 * isotonic regression finds as the number of labels in each bin bears out. Without labels it is "as it was".
 * B. Zadrozny, C. Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", 2002.
 */
export function fitCalibration(labelled: readonly LabelledWeight[]): Calibration {
  const counts = countLabels(labelled);
  const { slope, shift } = fitLine(counts);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const line = (weight: number): number => slope * weight + shift;
  return {
    pairs: sum(counts.pairs),
    matches: sum(counts.matches),
    slope,
    shift,
    knots: risingKnots(binsOf(counts, line), line),
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
  /** Weights times doubt: where the uncertain pairs of a bin are. */
  doubtedSum: number;
  /** By the line: p (1 - p), added up. */
  doubt: number;
  pairs: number;
  matches: number;
  /** By the line. */
  matchesExpected: number;
}

const emptyBin: Bin = { weightSum: 0, doubtedSum: 0, doubt: 0, pairs: 0, matches: 0, matchesExpected: 0 };

/**
 * Neighbouring weights, put together until a bin holds its share of what is uncertain by the line: the many pairs far from even
 * odds need few bins. What is left over joins the last.
 */
function binsOf({ weight, pairs, matches }: LabelCounts, line: (weight: number) => number): Bin[] {
  const singles = Array.from(weight, (one, i): Bin => {
    const probability = 1 / (1 + 2 ** -line(one));
    const count = pairs[i] as number;
    const doubt = Math.max(count * probability * (1 - probability), Number.EPSILON);
    const counted = { pairs: count, matches: matches[i] as number, matchesExpected: count * probability };
    return { weightSum: one * count, doubtedSum: one * doubt, doubt, ...counted };
  });
  const doubtMin = singles.reduce((sum, { doubt }) => sum + doubt, 0) / binsMax;
  const bins: Bin[] = [];
  let open = emptyBin;
  for (const single of singles) {
    open = together(open, single);
    if (open.pairs < binPairs || open.doubt < doubtMin) continue;
    bins.push(open);
    open = emptyBin;
  }
  const last = bins.at(-1);
  if (last !== undefined) bins[bins.length - 1] = together(last, open);
  return bins;
}

function together(a: Bin, b: Bin): Bin {
  return {
    weightSum: a.weightSum + b.weightSum,
    doubtedSum: a.doubtedSum + b.doubtedSum,
    doubt: a.doubt + b.doubt,
    pairs: a.pairs + b.pairs,
    matches: a.matches + b.matches,
    matchesExpected: a.matchesExpected + b.matchesExpected,
  };
}

/**
 * How far labels bend the line in a bin, in bits: nothing where they show what it expects over the bin's pairs, however wide the
 * bin is, and little where it expects few.
 */
function bendOf({ pairs, matches, matchesExpected }: Bin): number {
  const more = (seen: number, expected: number): number => Math.log2((seen + lineCount) / (expected + lineCount));
  return more(matches, matchesExpected) - more(pairs - matches, pairs - matchesExpected);
}

/**
 * Where a bin is, and what its weight becomes: with many pairs of both kinds its middle and its own share of matches, for
 * there the line may be far off; with few the bent line where the doubtful ones are, for the certain ones say nothing.
 */
function placeOf(bin: Bin, line: (weight: number) => number): { weight: number; calibrated: number } {
  const others = bin.pairs - bin.matches;
  const rarer = Math.min(bin.matches, others);
  const own = rarer / (rarer + shownCount);
  const doubted = bin.doubtedSum / bin.doubt;
  const bent = line(doubted) + bendOf(bin);
  if (own === 0) return { weight: doubted, calibrated: bent };
  return {
    weight: own * (bin.weightSum / bin.pairs) + (1 - own) * doubted,
    calibrated: own * Math.log2(bin.matches / others) + (1 - own) * bent,
  };
}

/** A knot for each run of bins that do not fall, so that the map rises throughout. */
function risingKnots(bins: readonly Bin[], line: (weight: number) => number): Knot[] {
  const places = bins.map((bin) => ({ ...placeOf(bin, line), pairs: bin.pairs }));
  const rising = monotone(
    places.map(({ calibrated }) => calibrated),
    places.map(({ pairs }) => pairs),
  );
  const knots: Knot[] = [];
  places.forEach(({ weight, pairs }, i) => {
    const calibrated = rising[i] as number;
    const last = knots.at(-1);
    if (last === undefined || last.calibrated < calibrated) knots.push({ weight, calibrated, pairs });
    else {
      const joined = last.pairs + pairs;
      knots[knots.length - 1] = {
        weight: (last.weight * last.pairs + weight * pairs) / joined,
        calibrated,
        pairs: joined,
      };
    }
  });
  return knots;
}
