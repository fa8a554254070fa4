import { levelsMax } from "../compare/index.ts";

/**
 * A comparison vector as one whole number: four bits a comparison, the first in the lowest.
 * Twelve comparisons fit exactly into a JavaScript number.
 */
export function packPattern(levels: ArrayLike<number>): number {
  let pattern = 0;
  for (let i = levels.length - 1; i >= 0; i--) pattern = pattern * levelsMax + (levels[i] as number);
  return pattern;
}

/** The levels of a packed pattern. */
export function unpackPattern(pattern: number, comparisonCount: number): number[] {
  const levels: number[] = [];
  let rest = pattern;
  for (let i = 0; i < comparisonCount; i++) {
    levels.push(rest % levelsMax);
    rest = Math.floor(rest / levelsMax);
  }
  return levels;
}
