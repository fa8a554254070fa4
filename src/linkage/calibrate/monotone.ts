/**
 * The closest values (in weighted squares) that do not fall, by pooling adjacent violators.
 * Ayer et al., "An Empirical Distribution Function for Sampling with Incomplete Information", 1955.
 */
export function monotone(values: readonly number[], importance: readonly number[]): number[] {
  const pools: { mean: number; weight: number; size: number }[] = [];
  values.forEach((value, i) => {
    pools.push({ mean: value, weight: importance[i] as number, size: 1 });
    while (
      pools.length > 1 &&
      (pools[pools.length - 2] as { mean: number }).mean > (pools[pools.length - 1] as { mean: number }).mean
    ) {
      const last = pools.pop() as (typeof pools)[number];
      const before = pools.pop() as (typeof pools)[number];
      const weight = before.weight + last.weight;
      pools.push({
        mean: (before.mean * before.weight + last.mean * last.weight) / weight,
        weight,
        size: before.size + last.size,
      });
    }
  });
  return pools.flatMap((pool) => new Array<number>(pool.size).fill(pool.mean));
}
