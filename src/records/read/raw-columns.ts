import type { TextNumbers } from "../../columns/index.ts";
import type { RawValue } from "./raw-batch.ts";

/** Stands for "no value" among the numbers of texts. */
export const noText = -1;

/** A column as a reader of columns hands it over: values as they are, or the numbers of texts that many rows share. */
export type RawColumn =
  | { readonly kind: "values"; readonly values: ArrayLike<RawValue> }
  /** Whole numbers; NaN where there is none. */
  | { readonly kind: "integers"; readonly values: Float64Array }
  | {
      readonly kind: "texts";
      readonly texts: TextNumbers;
      readonly numbers: Int32Array;
      /** Bytes of the texts of all rows, where its reader counted them. */
      readonly byteCount?: number;
    }
  /** Row `r` owns `numbers[offsets[r]]` up to, not including, `numbers[offsets[r + 1]]`. */
  | {
      readonly kind: "lists";
      readonly texts: TextNumbers;
      readonly offsets: Int32Array;
      readonly numbers: Int32Array;
    };

/** Rows side by side, of one file: what `RawBatch` is for readers of rows. */
export interface RawColumns {
  readonly file: string;
  /** The place of the file's first row among all rows of the source, from 0. */
  readonly fileStart: number;
  /** The place of the first of these rows among all rows of the source. */
  readonly firstPlace: number;
  /** The place of each row, where rows between them were rejected; else they follow each other. */
  readonly places?: ArrayLike<number>;
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, RawColumn>;
}

/** The value of one row. */
export function rawValueAt(column: RawColumn, row: number): RawValue {
  if (column.kind === "values") return column.values[row] ?? null;
  if (column.kind === "integers") {
    const value = column.values[row] as number;
    return Number.isNaN(value) ? null : value;
  }
  if (column.kind === "texts") {
    const number = column.numbers[row] as number;
    return number === noText ? null : column.texts.textOf(number);
  }
  const items: string[] = [];
  for (let at = column.offsets[row] as number; at < (column.offsets[row + 1] as number); at++)
    items.push(column.texts.textOf(column.numbers[at] as number));
  return items;
}
