import type { FeatureMatrix } from "./feature-matrix.ts";

/** The bin of rows in which a feature says nothing. */
export const missingBin = 0;

/** Most bins of a feature, the missing one not counted: a bin fits a byte. */
const binsMax = 254;

/** A feature's values in bins: bin `b` (from 1) holds values above `edges[b - 2]` and up to `edges[b - 1]`. */
export interface BinnedFeature {
  /** Upper edges, ascending; the last bin has none. */
  readonly edges: Float64Array;
  /** One bin a row. */
  readonly bins: Uint8Array;
}

/**
 * Puts the values of each feature into bins that hold about equally many rows, at most {@link binsMax}; where values are few,
 * each has its own. An edge lies in the middle between two values. Infinite values count as the largest numbers.
 * G. Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", 2017, section 2.
 */
export function binFeatures({ columns }: FeatureMatrix): BinnedFeature[] {
  return columns.map((values) => {
    const edges = edgesOf(values);
    return { edges, bins: Uint8Array.from(values, (value) => binOf(edges, value)) };
  });
}

function edgesOf(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (value === distinct.at(-1)) counts[counts.length - 1] = (counts.at(-1) as number) + 1;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const edges: number[] = [];
  let [inBin, left, open] = [0, sorted.length, binsMax];
  for (let i = 0; i + 1 < distinct.length && edges.length < binsMax - 1; i++) {
    inBin += counts[i] as number;
    if (distinct.length > binsMax && inBin < left / open) continue;
    edges.push(middleOf(distinct[i] as number, distinct[i + 1] as number));
    left -= inBin;
    open--;
    inBin = 0;
  }
  return Float64Array.from(edges);
}

function middleOf(low: number, high: number): number {
  const [from, to] = [Math.max(low, -Number.MAX_VALUE), Math.min(high, Number.MAX_VALUE)];
  const middle = from / 2 + to / 2;
  return middle < to ? middle : from;
}

/** The bin of a value: the first whose edge it does not exceed. */
function binOf(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return missingBin;
  let [low, high] = [0, edges.length];
  while (low < high) {
    const at = (low + high) >> 1;
    if (value <= (edges[at] as number)) high = at;
    else low = at + 1;
  }
  return low + 1;
}
