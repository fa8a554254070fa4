import type { Table } from "../../../columns/index.ts";
import type { Field } from "../../../records/index.ts";

/** A column of records, with what it holds. */
export interface ComparedField {
  readonly field: Field;
  /** False where one side alone has it: then its words count, but there is nothing to compare it with. */
  readonly shared: boolean;
}

/** Pairs of records whose labels, if they have any, are not here: what features are made from. */
export interface PairedRecords {
  /** Left and right records in one table; equal records of one side are one row. */
  readonly records: Table;
  /** In the order of the table's columns. */
  readonly fields: readonly ComparedField[];
  /** By pair, the row of each record; no row is both a left and a right one. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** One number a pair under a name that people can read; NaN where it says nothing. */
export interface FeatureColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** A column by a function of the two rows of each pair. */
export function featureOf(
  name: string,
  { left, right }: PairedRecords,
  value: (leftRow: number, rightRow: number) => number,
): FeatureColumn {
  return { name, values: Float64Array.from(left, (row, pair) => value(row, right[pair] as number)) };
}

/** Columns that one function fills together, pair by pair: `fill` writes as many numbers as there are names. */
export function featuresOf(
  names: readonly string[],
  { left, right }: PairedRecords,
  fill: (leftRow: number, rightRow: number, out: Float64Array) => void,
): FeatureColumn[] {
  const columns = names.map((name) => ({ name, values: new Float64Array(left.length).fill(Number.NaN) }));
  const out = new Float64Array(names.length);
  left.forEach((row, pair) => {
    out.fill(Number.NaN);
    fill(row, right[pair] as number, out);
    columns.forEach(({ values }, place) => {
      values[pair] = out[place] as number;
    });
  });
  return columns;
}
