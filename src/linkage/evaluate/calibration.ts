import { equalMassBins, type TiedPairs } from "./equal-mass-bins.ts";

/** A probability and what was true. */
export interface Judged {
  readonly probability: number;
  readonly match: boolean;
  /** What the pair depends on with others: pairs of one unit are resampled together. Default: each pair alone. */
  readonly unit?: number;
}

/** One bin of a reliability table. */
export interface CalibrationBin {
  readonly pairs: number;
  readonly meanProbability: number;
  readonly matchShare: number;
}

const probabilityMin = 0.01;

/** True for a pair that calibration is about: those below .01 and above .99 are as good as certain, and would hide the rest. */
export function isOpen({ probability }: Pick<Judged, "probability">): boolean {
  return probability >= probabilityMin && probability <= 1 - probabilityMin;
}

/**
 * Pairs in bins of equal size by probability, and the expected calibration error: how far probability and share of matches are
 * apart on average. Pairs below .01 and above .99 are left out. Pairs of one probability count alike wherever a bin
 * ends among them, so that the order of pairs means nothing.
 * M. P. Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015.
 */
export function reliability(judged: readonly Judged[]): { calibration: CalibrationBin[]; calibrationError: number } {
  const open = judged.filter(isOpen);
  const calibration: CalibrationBin[] = [];
  const calibrationError = equalMassBins(tiedPairs(open), (pairs, probabilitySum, matchSum) =>
    calibration.push({ pairs, meanProbability: probabilitySum / pairs, matchShare: matchSum / pairs }),
  );
  return { calibration, calibrationError };
}

/** Pairs by probability, ascending: how many there are of each, and how many of those are matches. */
export function tiedPairs(open: readonly Judged[]): TiedPairs {
  const byProbability = [...Map.groupBy(open, (one) => one.probability)].sort(([a], [b]) => a - b);
  return {
    probability: Float64Array.from(byProbability, ([probability]) => probability),
    pairs: Float64Array.from(byProbability, ([, pairs]) => pairs.length),
    matches: Float64Array.from(byProbability, ([, pairs]) => pairs.filter((pair) => pair.match).length),
  };
}
