/** How numbers, such as the times of tasks, are spread. */
export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly total: number;
  /** Which share of the total the largest 1 % have, at least one of them: .01 when all are equal and many. */
  readonly slowestShare: number;
}

/** The distribution of at least one number; null of none. Quantiles by nearest rank, so that each is one of the numbers. */
export function distributionOf(values: readonly number[]): Distribution | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const total = sum(sorted);
  const slowest = sorted.slice(-Math.max(1, Math.round(sorted.length / 100)));
  return {
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    max: quantile(sorted, 1),
    total,
    slowestShare: total === 0 ? slowest.length / sorted.length : sum(slowest) / total,
  };
}

/** The nearest rank: the smallest number that at least `share` of all do not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
