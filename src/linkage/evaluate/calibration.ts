/** A probability and what was true. */
export interface Judged {
  readonly probability: number;
  readonly match: boolean;
}

/** One bin of a reliability table. */
export interface CalibrationBin {
  readonly pairs: number;
  readonly meanProbability: number;
  readonly matchShare: number;
}

const binsMax = 15;
const probabilityMin = 0.01;

/**
 * Pairs in bins of equal size by probability, and the expected calibration error: how far probability and share of matches are
 * apart on average. Pairs below .01 and above .99 are left out, as they would hide the rest.
 * M. P. Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015.
 */
export function reliability(judged: readonly Judged[]): { calibration: CalibrationBin[]; calibrationError: number } {
  const open = judged
    .filter(({ probability }) => probability >= probabilityMin && probability <= 1 - probabilityMin)
    .sort((a, b) => a.probability - b.probability);
  const bins = Math.min(binsMax, open.length);
  const calibration = Array.from({ length: bins }, (_, i) =>
    binOf(open.slice(Math.floor((i * open.length) / bins), Math.floor(((i + 1) * open.length) / bins))),
  );
  const error = calibration.reduce((sum, bin) => sum + bin.pairs * Math.abs(bin.meanProbability - bin.matchShare), 0);
  return { calibration, calibrationError: open.length === 0 ? 0 : error / open.length };
}

function binOf(judged: readonly Judged[]): CalibrationBin {
  const mean = (of: (one: Judged) => number): number => judged.reduce((sum, one) => sum + of(one), 0) / judged.length;
  return {
    pairs: judged.length,
    meanProbability: mean((one) => one.probability),
    matchShare: mean((one) => (one.match ? 1 : 0)),
  };
}
