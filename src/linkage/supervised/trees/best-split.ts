import { missingBin } from "./bins.ts";
import { binNumbers, derivativeUnits, type HistogramLayout } from "./histogram.ts";
import type { BoostSettings } from "./settings.ts";

/** Sums over a set of rows. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** A way to part the rows of a node. */
export interface Split {
  /** The place of the feature in the binned features. */
  readonly feature: number;
  /** Rows in bins up to this one go left; the last bin parts all values from none. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
}

/** How good one leaf for these rows is: half the loss that its best value saves. */
function leafScore({ gradient, hessian }: Pick<Sums, "gradient" | "hessian">, leafPenalty: number): number {
  const [g, h] = [gradient / derivativeUnits, hessian / derivativeUnits];
  return (g * g) / (h + leafPenalty);
}

/** What a leaf of these rows adds to the log-odds: Newton's step. J. H. Friedman, "Greedy Function Approximation", 2001. */
export function leafValue({ gradient, hessian }: Sums, leafPenalty: number): number {
  return -gradient / derivativeUnits / (hessian / derivativeUnits + leafPenalty);
}

/**
 * The split that lowers the loss most, or null when none does by enough. Of equal ones the first feature's lowest bin wins,
 * and rows without a value go where more rows are. T. Chen, C. Guestrin, "XGBoost", 2016, equation 7 and algorithm 3.
 */
export function bestSplit(
  histogram: Float64Array,
  { features, starts }: HistogramLayout,
  total: Sums,
  settings: BoostSettings,
): Split | null {
  let best: Split | null = null;
  for (let place = 0; place < features.length; place++) {
    const bins = histogram.subarray(starts[place], starts[place + 1]);
    const found = bestOfFeature(bins, total, settings, best?.gain ?? settings.gainMin);
    if (found !== null) best = { feature: features[place] as number, ...found };
  }
  return best;
}

/** The best split by one feature that gains more than `gainToBeat`. */
function bestOfFeature(
  bins: Float64Array,
  total: Sums,
  settings: BoostSettings,
  gainToBeat: number,
): Omit<Split, "feature"> | null {
  const { leafPenalty } = settings;
  const whole = leafScore(total, leafPenalty);
  const missing = sumsAt(bins, missingBin);
  let best: Omit<Split, "feature"> | null = null;
  let gainBest = gainToBeat;
  const consider = (bin: number, left: Sums, missingLeft: boolean): void => {
    const right = minus(total, left);
    if (!isAllowed(left, settings) || !isAllowed(right, settings)) return;
    const gain = leafScore(left, leafPenalty) + leafScore(right, leafPenalty) - whole;
    if (gain <= gainBest) return;
    gainBest = gain;
    best = { bin, missingLeft, gain };
  };
  const binCount = bins.length / binNumbers;
  let left = noRows;
  for (let bin = 1; bin < binCount; bin++) {
    if (bins[bin * binNumbers + 2] === 0) continue;
    left = plus(left, sumsAt(bins, bin));
    if (bin === binCount - 1) consider(bin, left, false);
    else if (missing.rows === 0) consider(bin, left, left.rows * 2 > total.rows);
    else {
      consider(bin, left, false);
      consider(bin, plus(left, missing), true);
    }
  }
  return best;
}

const noRows: Sums = { gradient: 0, hessian: 0, rows: 0 };

function sumsAt(bins: Float64Array, bin: number): Sums {
  const at = bin * binNumbers;
  return { gradient: bins[at] as number, hessian: bins[at + 1] as number, rows: bins[at + 2] as number };
}

function isAllowed({ rows, hessian }: Sums, { leafRowsMin, leafHessianMin }: BoostSettings): boolean {
  return rows >= leafRowsMin && hessian >= leafHessianMin * derivativeUnits;
}

function plus(a: Sums, b: Sums): Sums {
  return { gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian, rows: a.rows + b.rows };
}

/** The rows of `a` that are not in `b`. */
function minus(a: Sums, b: Sums): Sums {
  return { gradient: a.gradient - b.gradient, hessian: a.hessian - b.hessian, rows: a.rows - b.rows };
}
