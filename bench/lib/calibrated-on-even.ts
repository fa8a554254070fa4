import {
  type CalibrationBin,
  type CalibrationCertainty,
  calibrate,
  calibrationCertainty,
  fitCalibration,
  type Half,
  type Judged,
  probabilityOf,
  reliability,
} from "../../src/linkage/index.ts";

/** A scored pair whose truth is known. */
export interface JudgedWeight {
  readonly half: Half;
  /** log2 of odds, finite. */
  readonly weight: number;
  readonly match: boolean;
  /** What the pair depends on with others. */
  readonly unit: number;
}

/** The calibration error of the odd half: of weights as they are, and by a map that was fitted to the even half. */
export interface CalibratedOnEven {
  readonly asTrained: JudgedCalibration;
  readonly calibrated: JudgedCalibration;
}

/** A calibration, judged. */
export interface JudgedCalibration extends CalibrationCertainty {
  readonly calibration: readonly CalibrationBin[];
  readonly calibrationError: number;
}

/** Learns on the even half what weights are worth, as `kindred calibrate` does, and measures on the odd half. */
export function calibratedOnEven(pairs: readonly JudgedWeight[]): CalibratedOnEven {
  const fitted = fitCalibration(pairs.filter(({ half }) => half === "even"));
  const odd = pairs.filter(({ half }) => half === "odd");
  const judge = (weightOf: (weight: number) => number): JudgedCalibration => {
    const judged = odd.map(({ weight, match, unit }): Judged => {
      return { probability: probabilityOf(weightOf(weight)), match, unit };
    });
    return { ...reliability(judged), ...calibrationCertainty(judged) };
  };
  return { asTrained: judge((weight) => weight), calibrated: judge((weight) => calibrate(fitted, weight)) };
}
