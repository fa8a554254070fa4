/** A 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The normal quantile of a 95 % interval. */
const z = 1.959964;

/**
 * The interval of a share, right also for few trials and for shares of 0 and 1; null without a trial.
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927.
 */
export function wilson(successes: number, trials: number): Interval | null {
  if (trials === 0) return null;
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const middle = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { low: successes === 0 ? 0 : middle - half, high: successes === trials ? 1 : middle + half };
}
