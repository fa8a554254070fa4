import type { Table } from "../columns/index.ts";
import type { Field } from "./field.ts";

/**
 * Cleaned records of one source and entity type, as columns: `id` (text), then one column a field
 * (see `columnKindOf`), in the order of `fields`.
 */
export interface RecordBatch {
  readonly source: string;
  readonly entityType: string;
  /** The place of the batch's first record among all records of the source, from 0. */
  readonly firstRow: number;
  readonly fields: readonly Field[];
  readonly table: Table;
}

/** The name of the column that holds record ids. */
export const idColumn = "id";
