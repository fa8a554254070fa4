/** A symmetric positive definite matrix with three diagonals, and one more row and column that are full. */
export interface Bordered {
  readonly diagonal: Float64Array;
  /** Beside the diagonal: of each row with the next; its last number is not used. */
  readonly next: Float64Array;
  readonly border: Float64Array;
  readonly corner: number;
}

/**
 * Solves for `right` and, in the full row, `rightLast`; also the logarithm of the determinant. Elimination along the diagonals (L. H.
 * Thomas, 1949), then Schur's complement of the corner.
 */
export function solveBordered(
  { diagonal, next, border, corner }: Bordered,
  right: Float64Array,
  rightLast: number,
): { x: Float64Array; last: number; logPivots: number } {
  const pivots = Float64Array.from(diagonal);
  for (let i = 1; i < pivots.length; i++)
    pivots[i] = (pivots[i] as number) - (next[i - 1] as number) ** 2 / (pivots[i - 1] as number);
  const solve = (of: Float64Array): Float64Array => {
    const x = Float64Array.from(of);
    for (let i = 1; i < x.length; i++)
      x[i] = (x[i] as number) - ((next[i - 1] as number) / (pivots[i - 1] as number)) * (x[i - 1] as number);
    for (let i = x.length - 1; i >= 0; i--) {
      const beyond = i + 1 < x.length ? (next[i] as number) * (x[i + 1] as number) : 0;
      x[i] = ((x[i] as number) - beyond) / (pivots[i] as number);
    }
    return x;
  };
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, one, i) => sum + one * (b[i] as number), 0);
  const [plain, bordered] = [solve(right), solve(border)];
  const rest = corner - dot(border, bordered);
  const last = (rightLast - dot(border, plain)) / rest;
  const logPivots = pivots.reduce((sum, pivot) => sum + Math.log(pivot), Math.log(rest));
  return { x: plain.map((one, i) => one - last * (bordered[i] as number)), last, logPivots };
}
