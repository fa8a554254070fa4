/** What a model sees of rows: one column of numbers a feature; NaN where a feature says nothing. */
export interface FeatureMatrix {
  readonly names: readonly string[];
  readonly rowCount: number;
  /** By feature, one number a row. */
  readonly columns: readonly Float64Array[];
}

/** Some rows of a matrix, in the order given. */
export function matrixRows(matrix: FeatureMatrix, rows: Int32Array): FeatureMatrix {
  const columns = matrix.columns.map((column) => Float64Array.from(rows, (row) => column[row] as number));
  return { names: matrix.names, rowCount: rows.length, columns };
}
