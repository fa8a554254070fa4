import type { BinnedFeature } from "./bins.ts";

/** Bins of one feature, the missing one included. */
export const binWidth = 256;

/** First and second derivatives of the loss, one a row, as whole numbers (see {@link derivativeUnits}). */
export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/**
 * Derivatives are rounded to this many units of one: sums of up to 2^23 of them are then exact in a double, so that neither
 * the order of rows nor taking one histogram from another changes a bit of the model.
 */
export const derivativeUnits = 2 ** 29;

/** Sums over the rows of a node, by feature and bin. */
export interface Histogram {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly rows: Float64Array;
}

/** A histogram of zeros for so many features. */
function newHistogram(featureCount: number): Histogram {
  const size = featureCount * binWidth;
  return { gradient: new Float64Array(size), hessian: new Float64Array(size), rows: new Float64Array(size) };
}

/** Sums the derivatives of some rows by feature and bin; `features` are places in `binned`. */
export function histogramOf(
  binned: readonly BinnedFeature[],
  features: Int32Array,
  rows: Int32Array,
  { gradient, hessian }: Derivatives,
): Histogram {
  const histogram = newHistogram(features.length);
  features.forEach((feature, place) => {
    const { bins } = binned[feature] as BinnedFeature;
    const base = place * binWidth;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const at = base + (bins[row] as number);
      histogram.gradient[at] = (histogram.gradient[at] as number) + (gradient[row] as number);
      histogram.hessian[at] = (histogram.hessian[at] as number) + (hessian[row] as number);
      histogram.rows[at] = (histogram.rows[at] as number) + 1;
    }
  });
  return histogram;
}

/** Takes a child's histogram from its parent's: what is left is the other child's. */
export function subtract(parent: Histogram, child: Histogram): Histogram {
  const less = (a: Float64Array, b: Float64Array) => a.map((value, i) => value - (b[i] as number));
  return {
    gradient: less(parent.gradient, child.gradient),
    hessian: less(parent.hessian, child.hessian),
    rows: less(parent.rows, child.rows),
  };
}
