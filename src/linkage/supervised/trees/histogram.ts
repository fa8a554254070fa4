import type { BinnedFeature } from "./bins.ts";

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

/** Numbers a bin: the gradients, the second derivatives, and the rows in it. */
export const binNumbers = 3;

/** Where the bins of each of some features stand in a histogram. */
export interface HistogramLayout {
  /** Places of the features in the binned features, ascending. */
  readonly features: Int32Array;
  /** By feature, where its first bin (the missing one) begins; one more for the end. */
  readonly starts: Int32Array;
}

/** Lays out the bins of some features, one after another. */
export function histogramLayout(binned: readonly BinnedFeature[], features: Int32Array): HistogramLayout {
  const starts = new Int32Array(features.length + 1);
  features.forEach((feature, place) => {
    const binCount = (binned[feature] as BinnedFeature).edges.length + 2;
    starts[place + 1] = (starts[place] as number) + binCount * binNumbers;
  });
  return { features, starts };
}

/** Sums the derivatives of some rows by feature and bin. */
export function histogramOf(
  binned: readonly BinnedFeature[],
  { features, starts }: HistogramLayout,
  rows: Int32Array,
  { gradient, hessian }: Derivatives,
): Float64Array {
  const histogram = new Float64Array(starts.at(-1) as number);
  for (let place = 0; place < features.length; place++) {
    const { bins } = binned[features[place] as number] as BinnedFeature;
    const start = starts[place] as number;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const at = start + (bins[row] as number) * binNumbers;
      histogram[at] = (histogram[at] as number) + (gradient[row] as number);
      histogram[at + 1] = (histogram[at + 1] as number) + (hessian[row] as number);
      histogram[at + 2] = (histogram[at + 2] as number) + 1;
    }
  }
  return histogram;
}

/** Takes a child's histogram from its parent's, in place: what is left is the other child's. */
export function subtract(parent: Float64Array, child: Float64Array): Float64Array {
  for (let i = 0; i < parent.length; i++) parent[i] = (parent[i] as number) - (child[i] as number);
  return parent;
}
