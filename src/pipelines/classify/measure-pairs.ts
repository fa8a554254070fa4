import {
  type CalibrationBin,
  type CalibrationCertainty,
  calibrationCertainty,
  type Judged,
  reliability,
  type Scores,
  scoresOf,
} from "../../linkage/index.ts";

/** How right probabilities are, at the default threshold and as probabilities. */
export interface PairMeasures extends Scores, CalibrationCertainty {
  /** Pairs with a label. */
  readonly labelled: number;
  readonly calibration: readonly CalibrationBin[];
  readonly calibrationError: number;
}

/** Pairs at or above it match. */
const threshold = 0.5;

/** Measures the probabilities of pairs that have a label; null without one. */
export function measurePairs(
  probabilities: ArrayLike<number>,
  labels: readonly (boolean | null)[],
): PairMeasures | null {
  const judged: Judged[] = labels.flatMap((match, i) =>
    match === null ? [] : [{ probability: probabilities[i] as number, match }],
  );
  if (judged.length === 0) return null;
  const count = (found: boolean, match: boolean): number =>
    judged.filter((one) => one.probability >= threshold === found && one.match === match).length;
  return {
    labelled: judged.length,
    ...scoresOf(count(true, true), count(true, false), count(false, true), count(false, false)),
    ...reliability(judged),
    ...calibrationCertainty(judged),
  };
}
