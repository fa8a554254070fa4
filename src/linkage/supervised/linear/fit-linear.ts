import type { LabelledRows } from "../trees/boost.ts";
import { bounded, type Linear, standardised } from "./linear.ts";
import { solvePositive } from "./solve-positive.ts";

/** Deviations below this are rounding. */
const deviationMin = 1e-9;
const stepsMax = 25;
const stepMin = 1e-4;
/** Rows that are this certain bend the loss no more. */
const curvatureMin = 1e-7;
/** Keeps the intercept bounded where all labels are one. */
const interceptPenalty = 0.01;

/**
 * Fits logistic regression with an L2 penalty on the weights of centred and scaled features, by Newton's method (iteratively reweighted
 * least squares; S. le Cessie, J. C. van Houwelingen, "Ridge Estimators in Logistic Regression", 1992). Rows are
 * summed in the order of their keys, so that the order given changes no bit.
 */
export function fitLinear(rows: LabelledRows, penalty: number): Linear {
  const order = [...rows.keys.keys()].sort(
    (a, b) =>
      (rows.keys[a] as number) - (rows.keys[b] as number) || (rows.labels[a] as number) - (rows.labels[b] as number),
  );
  const scaled = scaledFeatures(rows, order);
  const design = [new Float64Array(order.length).fill(1), ...scaled.map(({ values }) => values)];
  const labels = Float64Array.from(order, (row) => rows.labels[row] as number);
  const penalties = Float64Array.from(design, (_, i) => (i === 0 ? interceptPenalty : penalty));
  const [intercept, ...weights] = newton(design, labels, penalties);
  return {
    intercept: intercept as number,
    terms: scaled.map(({ feature, mean, deviation }, i) => ({
      feature,
      mean,
      deviation,
      weight: weights[i] as number,
    })),
  };
}

interface ScaledFeature {
  readonly feature: number;
  readonly mean: number;
  readonly deviation: number;
  readonly values: Float64Array;
}

/** The features that vary. */
function scaledFeatures({ matrix }: LabelledRows, order: readonly number[]): ScaledFeature[] {
  return matrix.columns.flatMap((column, feature) => {
    const known = order
      .map((row) => column[row] as number)
      .filter((value) => !Number.isNaN(value))
      .map(bounded);
    if (known.length === 0) return [];
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / order.length);
    if (deviation < deviationMin) return [];
    const values = Float64Array.from(order, (row) => standardised(column[row] as number, mean, deviation));
    return [{ feature, mean, deviation, values }];
  });
}

function newton(design: readonly Float64Array[], labels: Float64Array, penalties: Float64Array): Float64Array {
  const weights = new Float64Array(design.length);
  for (let step = 0; step < stepsMax; step++) {
    const { gradient, curvature } = derivatives(design, labels, weights);
    penalties.forEach((penalty, i) => {
      gradient[i] = (gradient[i] as number) + penalty * (weights[i] as number);
      const row = curvature[i] as Float64Array;
      row[i] = (row[i] as number) + penalty;
    });
    const change = solvePositive(curvature, gradient);
    change.forEach((one, i) => {
      weights[i] = (weights[i] as number) - one;
    });
    if (change.every((one) => Math.abs(one) < stepMin)) break;
  }
  return weights;
}

/** The gradient of the logistic loss and the lower triangle of its second derivatives. */
function derivatives(
  design: readonly Float64Array[],
  labels: Float64Array,
  weights: Float64Array,
): { gradient: Float64Array; curvature: Float64Array[] } {
  const logOdds = new Float64Array(labels.length);
  design.forEach((values, i) => {
    for (let row = 0; row < labels.length; row++)
      logOdds[row] = (logOdds[row] as number) + (weights[i] as number) * (values[row] as number);
  });
  const probabilities = logOdds.map((one) => 1 / (1 + Math.exp(-one)));
  const residuals = probabilities.map((probability, row) => probability - (labels[row] as number));
  const bends = probabilities.map((probability) => probability * (1 - probability));
  const bent = Int32Array.from([...bends.keys()].filter((row) => (bends[row] as number) > curvatureMin));
  const narrow = design.map((values) => Float64Array.from(bent, (row) => values[row] as number));
  const bendsOf = Float64Array.from(bent, (row) => bends[row] as number);
  const curvature = narrow.map((values, i) => {
    const weighted = values.map((value, k) => value * (bendsOf[k] as number));
    return Float64Array.from({ length: i + 1 }, (_, j) => dot(weighted, narrow[j] as Float64Array));
  });
  return { gradient: Float64Array.from(design, (values) => dot(values, residuals)), curvature };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
