import type { Level } from "./contract.ts";

/** Expected shares fall off by this from each level to the one further from what is expected of it. */
const falloff = 0.35;

/**
 * Levels that ascend in agreement, with shares to begin from where nothing is known of the data: matches are
 * expected at the top and other pairs at the bottom. Training moves them to what the data show.
 */
export function gradedLevels(labels: readonly string[]): Level[] {
  const last = labels.length - 1;
  return labels.map((label, i) => ({ label, m: falloff ** (last - i), u: falloff ** (i * 1.5) }));
}

/** The numbers 1 to `count`. */
export function ascendingLevels(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
