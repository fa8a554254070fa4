/** Pivots below this are rounding. */
const pivotMin = 1e-9;

/**
 * Solves `matrix * x = right` for a symmetric positive definite matrix, of which only the lower triangle is given (row `i` has `i + 1`
 * numbers), by Cholesky's decomposition.
 */
export function solvePositive(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const lower = decompose(matrix);
  const x = Float64Array.from(right);
  const at = (i: number, j: number): number => (lower[i] as Float64Array)[j] as number;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) x[i] = (x[i] as number) - at(i, j) * (x[j] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < x.length; j++) x[i] = (x[i] as number) - at(j, i) * (x[j] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  return x;
}

function decompose(matrix: readonly Float64Array[]): Float64Array[] {
  const lower = matrix.map((row) => Float64Array.from(row));
  lower.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      const other = lower[j] as Float64Array;
      let sum = row[j] as number;
      for (let k = 0; k < j; k++) sum -= (row[k] as number) * (other[k] as number);
      row[j] = j === i ? Math.sqrt(Math.max(sum, pivotMin)) : sum / (other[j] as number);
    }
  });
  return lower;
}
