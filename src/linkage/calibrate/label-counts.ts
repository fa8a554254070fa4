/** A pair that somebody labelled, with the weight (log2 of odds) a model gave it. */
export interface LabelledWeight {
  readonly weight: number;
  readonly match: boolean;
  /** How many pairs it stands for; default 1. */
  readonly importance?: number;
}

/** Weights and what was true of them, pairs of one weight put together; weights ascend. */
export interface LabelCounts {
  readonly weight: Float64Array;
  readonly pairs: Float64Array;
  readonly matches: Float64Array;
}

/** Labels by weight, so that their order means nothing. */
export function countLabels(labelled: readonly LabelledWeight[]): LabelCounts {
  const byWeight = new Map<number, { pairs: number; matches: number }>();
  for (const { weight, match, importance = 1 } of labelled) {
    const counted = byWeight.get(weight) ?? { pairs: 0, matches: 0 };
    counted.pairs += importance;
    if (match) counted.matches += importance;
    byWeight.set(weight, counted);
  }
  const ordered = [...byWeight].sort(([a], [b]) => a - b);
  return {
    weight: Float64Array.from(ordered, ([weight]) => weight),
    pairs: Float64Array.from(ordered, ([, counted]) => counted.pairs),
    matches: Float64Array.from(ordered, ([, counted]) => counted.matches),
  };
}
