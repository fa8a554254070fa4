import { Buffer } from "node:buffer";
import { wholeNumbers } from "../../base/index.ts";
import { ColumnKernel, type TextColumn, TextNumbers } from "../../columns/index.ts";
import { noText, type RawColumn, type RawColumns } from "../read/raw-columns.ts";
import { idColumn } from "../record-batch.ts";
import { writeIds } from "./column-loops.ts";
import { type IdReader, rowsOfColumns } from "./record-ids.ts";

/** Rows that have an id, and their ids. */
export interface ColumnIds {
  readonly rows: Int32Array;
  readonly column: TextColumn;
}

/** The ids of the rows `from` up to, not including, `to`, read from the column of that name; rows without one are rejected. */
export function columnIds(
  batch: RawColumns,
  name: string | null,
  reader: IdReader,
  { from, to }: { readonly from: number; readonly to: number },
): ColumnIds {
  const raw = name === null ? undefined : batch.columns.get(name);
  const texts = idsByKernel(batch, raw, reader, from, to) ?? new TextNumbers(to - from);
  const rows = new Int32Array(to - from);
  const taken = texts.size;
  for (let i = 0; i < taken; i++) rows[i] = from + i;
  if (from + taken < to) {
    const take = idTaker(batch, raw, reader, texts);
    for (let row = from + taken; row < to; row++) if (take(row)) rows[texts.size - 1] = row;
  }
  // Ids do not repeat, so each is a text of its own.
  const column: TextColumn = {
    kind: "text",
    name: idColumn,
    dictionary: texts.dictionary(),
    ids: wholeNumbers(texts.size),
  };
  return { rows: rows.subarray(0, texts.size), column };
}

/** The ids of as many rows as are whole numbers of their own, by the kernel; the row after them is odd, or there is none. */
function idsByKernel(
  batch: RawColumns,
  column: RawColumn | undefined,
  reader: IdReader,
  from: number,
  to: number,
): TextNumbers | undefined {
  if (column?.kind !== "integers") return undefined;
  const kernel = ColumnKernel.open();
  const ids = kernel && writeIds(kernel, column.values.subarray(from, to));
  if (ids === undefined) return undefined;
  const taken = reader.takeHashed(rowsOfColumns(batch), from, ids);
  const offsets = ids.offsets.slice(0, taken + 1);
  return TextNumbers.of({ bytes: ids.bytes.slice(0, offsets[taken]), offsets });
}

/** Adds the id of a row to the texts; false when it has none. */
type IdTaker = (row: number) => boolean;

function idTaker(batch: RawColumns, column: RawColumn | undefined, reader: IdReader, texts: TextNumbers): IdTaker {
  const idRows = rowsOfColumns(batch);
  const idOf = reader.of(idRows);
  const digits = Buffer.alloc(20);
  const takeText = (row: number): boolean => {
    const id = idOf(row);
    if (id === null) return false;
    const bytes = Buffer.from(id);
    texts.append(bytes, 0, bytes.length);
    return true;
  };
  const takeBytes = (row: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const isTaken = reader.takeUtf8(idRows, row, bytes, from, to);
    if (isTaken) texts.append(bytes, from, to);
    return isTaken;
  };
  if (column?.kind === "integers") {
    return (row) => {
      const value = column.values[row] as number;
      if (!(value >= 0)) return takeText(row);
      return takeBytes(row, digits, writeDigits(value, digits), digits.length);
    };
  }
  if (column?.kind === "texts") {
    const { bytes, offsets } = column.texts.utf8();
    return (row) => {
      const number = column.numbers[row] as number;
      if (number === noText || offsets[number] === offsets[number + 1]) return takeText(row);
      return takeBytes(row, bytes, offsets[number] as number, offsets[number + 1] as number);
    };
  }
  return takeText;
}

/** Writes a whole number at the end of some bytes; gives where it begins. */
function writeDigits(value: number, out: Uint8Array): number {
  let at = out.length;
  let rest = value;
  do {
    const tenth = Math.floor(rest / 10);
    out[--at] = 48 + rest - tenth * 10;
    rest = tenth;
  } while (rest > 0);
  return at;
}
