/** A value as a reader hands it over, before any cleaning: text stays byte for byte, a list stays a list. */
export type RawValue = string | number | boolean | null | readonly string[];

/**
 * Rows as a reader hands them over, the one contract of all readers.
 * Batches come in the order of the source; their columns may grow where the format is free of a schema (JSON).
 */
export interface RawBatch {
  /** The place of the batch's first row among all good and bad rows of the source, from 0. */
  readonly firstRow: number;
  readonly columns: readonly string[];
  /** One value a column; rows that were rejected are not here, so `rowNumbers` says which these are. */
  readonly rows: readonly (readonly RawValue[])[];
  /** The place of each row among all rows of the source, from 0. */
  readonly rowNumbers: readonly number[];
}

/** A row that could not be read, with the reason: what `--skip-bad` writes aside. */
export interface Reject {
  readonly file: string;
  /** The row's number within its file, from 1, the header not counted. */
  readonly row: number;
  readonly reason: string;
  /** The row as it stands in the file, cut after 2,000 characters. */
  readonly text: string;
}
