import type { RawValue } from "./raw-batch.ts";
import type { TextNumbers } from "./text-numbers.ts";

/** Stands for "no value" among the numbers of texts. */
export const noText = -1;

/** A text in UTF-8, if there is one. */
export type Bytes = Uint8Array | null | undefined;

/** A column as a reader of columns hands it over: values as they are, or the numbers of texts that many rows share. */
export type RawColumn =
  | { readonly kind: "values"; readonly values: ArrayLike<RawValue> }
  | { readonly kind: "texts"; readonly texts: TextNumbers; readonly numbers: Int32Array }
  /** Texts, or lists of them, that are decoded only when a row is asked for: for samples. */
  | { readonly kind: "bytes"; readonly values: ArrayLike<Bytes | readonly Bytes[]> }
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
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, RawColumn>;
}

/** The value of one row. */
export function rawValueAt(column: RawColumn, row: number): RawValue {
  if (column.kind === "values") return column.values[row] ?? null;
  if (column.kind === "texts") {
    const number = column.numbers[row] as number;
    return number === noText ? null : column.texts.textOf(number);
  }
  if (column.kind === "bytes") return decoded(column.values[row]);
  const own = column.numbers.subarray(column.offsets[row], column.offsets[row + 1]);
  return Array.from(own, (number) => column.texts.textOf(number));
}

function decoded(bytes: Bytes | readonly Bytes[]): RawValue {
  if (bytes === null || bytes === undefined) return null;
  if (bytes instanceof Uint8Array) return utf8(bytes);
  return bytes.flatMap((item) => (item === null || item === undefined ? [] : [utf8(item)]));
}

/** Reads bytes as UTF-8. */
export function utf8({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
}
