import { type Calibration, calibrate, fitCalibration } from "../calibrate/index.ts";
import { supervisedDefaults } from "../defaults.ts";
import { type Classifier, type Member, memberLogOdds } from "./classifier.ts";
import { foldsOf } from "./folds.ts";
import { fitLinear } from "./linear/fit-linear.ts";
import { boostTrees, type LabelledRows } from "./trees/boost.ts";
import { type FeatureMatrix, matrixRows } from "./trees/feature-matrix.ts";

/** Labelled rows to learn from. */
export interface TrainingRows extends LabelledRows {
  /** Rows of one group depend on each other: they are never on both sides of a fit. */
  readonly groups: readonly string[];
}

/** A classifier, and what it says of the rows it was made from. */
export interface Fitted {
  readonly classifier: Classifier;
  /**
   * By row, the mean weight (log2 of odds) by the fits that had not seen it, calibrated by what rows of other folds showed: as good as
   * what the classifier says of rows it was not made from.
   */
  readonly unseen: Float64Array;
}

/**
 * Fits a classifier: the rows are parted into folds, for few rows several times, and for each fold trees are boosted on the other
 * folds until the loss on this one rises, and a line is fitted to the same rows. All these fits together are the classifier (L. Breiman, "Bagging Predictors", 1996), and what each says of its
 * own fold is what probabilities are calibrated by.
 */
export function fitClassifier(rows: TrainingRows, onFit: (done: number, total: number) => void = () => {}): Fitted {
  const { foldCount, boost, linearPenalty } = supervisedDefaults;
  const linearShare = linearShareFor(rows.labels.length);
  const repeats = repeatsFor(rows.labels.length);
  const unseen = new Float64Array(rows.labels.length);
  const members: Member[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { foldOf } = foldsOf(rows.groups, foldCount, repeat);
    for (let fold = 0; fold < foldCount; fold++) {
      const aside = rowsWhere(rows, (row) => foldOf[row] === fold);
      const others = rowsWhere(rows, (row) => foldOf[row] !== fold);
      const { base, trees } = boostTrees(others.rows, aside.rows, { ...boost, seed: boost.seed + members.length });
      const member = { base, trees: [...trees], linear: fitLinear(others.rows, linearPenalty) };
      memberLogOdds(member, linearShare, aside.rows.matrix).forEach((logOdds, i) => {
        const row = aside.places[i] as number;
        unseen[row] = (unseen[row] as number) + logOdds / Math.LN2 / repeats;
      });
      members.push(member);
      onFit(members.length, repeats * foldCount);
    }
  }
  const calibration = calibrationOf(unseen, rows.labels, () => true);
  return {
    classifier: { version: 2, features: [...rows.matrix.names], members, linearShare, calibration },
    unseen: crossCalibrated(unseen, rows),
  };
}

function calibrationOf(weights: Float64Array, labels: Uint8Array, isWanted: (row: number) => boolean): Calibration {
  const wanted = [...labels.keys()].filter(isWanted);
  return fitCalibration(wanted.map((row) => ({ weight: weights[row] as number, match: labels[row] === 1 })));
}

/** Each fold's weights by the calibration that the other folds give: a map fitted to the same rows would flatter itself. */
function crossCalibrated(weights: Float64Array, { labels, groups }: TrainingRows): Float64Array {
  const { foldCount } = supervisedDefaults;
  const { foldOf } = foldsOf(groups, foldCount, 0);
  const maps = Array.from({ length: foldCount }, (_, fold) =>
    calibrationOf(weights, labels, (row) => foldOf[row] !== fold),
  );
  return weights.map((weight, row) => calibrate(maps[foldOf[row] as number] as Calibration, weight));
}

/** Few rows are parted several times over: it costs little there, and a single parting is a matter of luck. */
function repeatsFor(rowCount: number): number {
  const { repeatsMax, repeatedRows } = supervisedDefaults;
  return Math.max(1, Math.min(repeatsMax, Math.floor(repeatedRows / Math.max(1, rowCount))));
}

/** The line counts for more where rows are few. */
function linearShareFor(rowCount: number): number {
  const { linearShare, linearShareOfFew, fewRows, manyRows } = supervisedDefaults;
  const few = Math.min(1, Math.max(0, (manyRows - rowCount) / (manyRows - fewRows)));
  return linearShare + (linearShareOfFew - linearShare) * few;
}

function rowsWhere(
  { matrix, labels, keys }: LabelledRows,
  isWanted: (row: number) => boolean,
): { rows: LabelledRows; places: Int32Array } {
  const places = Int32Array.from(labels.keys().filter(isWanted));
  return {
    places,
    rows: {
      matrix: matrixRows(matrix as FeatureMatrix, places),
      labels: labels.filter((_, row) => isWanted(row)),
      keys: keys.filter((_, row) => isWanted(row)),
    },
  };
}
