import { type BinnedFeature, missingBin } from "./bins.ts";
import { binWidth, derivativeUnits, type Histogram } from "./histogram.ts";
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
  /** Rows in bins up to this one go left. */
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
  histogram: Histogram,
  features: Int32Array,
  binned: readonly BinnedFeature[],
  total: Sums,
  settings: BoostSettings,
): Split | null {
  let best: Split | null = null;
  features.forEach((feature, place) => {
    const { edges } = binned[feature] as BinnedFeature;
    const found = bestOfFeature(histogram, place * binWidth, edges.length, total, settings, best?.gain ?? 0);
    if (found !== null) best = { feature, ...found };
  });
  return best;
}

function bestOfFeature(
  { gradient, hessian, rows }: Histogram,
  base: number,
  edgeCount: number,
  total: Sums,
  settings: BoostSettings,
  gainToBeat: number,
): Omit<Split, "feature"> | null {
  const { leafPenalty } = settings;
  const whole = leafScore(total, leafPenalty);
  const missing = sumsAt(base + missingBin);
  let best: Omit<Split, "feature"> | null = null;
  let [g, h, n] = [0, 0, 0];
  const consider = (bin: number, left: Sums, missingLeft: boolean): void => {
    const right = minus(total, left);
    if (!isAllowed(left, settings) || !isAllowed(right, settings)) return;
    const gain = leafScore(left, leafPenalty) + leafScore(right, leafPenalty) - whole;
    if (gain > Math.max(settings.gainMin, best?.gain ?? gainToBeat)) best = { bin, missingLeft, gain };
  };
  for (let bin = 1; bin <= edgeCount; bin++) {
    const at = base + bin;
    g += gradient[at] as number;
    h += hessian[at] as number;
    n += rows[at] as number;
    const left = { gradient: g, hessian: h, rows: n };
    if (missing.rows === 0) consider(bin, left, n * 2 > total.rows);
    else {
      consider(bin, left, false);
      consider(bin, plus(left, missing), true);
    }
  }
  return best;

  function sumsAt(at: number): Sums {
    return { gradient: gradient[at] as number, hessian: hessian[at] as number, rows: rows[at] as number };
  }
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
