/** A value as a reader hands it over, before any cleaning: text stays byte for byte, a list stays a list. */
export type RawValue = string | number | boolean | null | readonly string[];

/**
 * Rows as a reader hands them over, the one contract of all readers. Batches come in the order of the source, each of one
 * file; their columns may grow where the format is free of a schema (JSON), and a short row means null in the new ones.
 */
export interface RawBatch {
  readonly file: string;
  /** The place of the file's first row among all rows of the source, from 0. */
  readonly fileStart: number;
  readonly columns: readonly string[];
  /** One value a column. Rejected rows are not here. */
  readonly rows: readonly (readonly RawValue[])[];
  /** The place of each of `rows` among all rows of the source, rejected ones counted too, from 0. */
  readonly places: readonly number[];
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
