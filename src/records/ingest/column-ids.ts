import { Buffer } from "node:buffer";
import { type TextColumn, TextNumbers } from "../../columns/index.ts";
import { noText, type RawColumn, type RawColumns } from "../read/raw-columns.ts";
import { idColumn } from "../record-batch.ts";
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
  const texts = new TextNumbers(to - from);
  const rows = new Int32Array(to - from);
  const take = idTaker(batch, name === null ? undefined : batch.columns.get(name), reader, texts);
  for (let row = from; row < to; row++) if (take(row)) rows[texts.size - 1] = row;
  // Ids do not repeat, so each is a text of its own.
  const ids = Int32Array.from({ length: texts.size }, (_, i) => i);
  const column: TextColumn = { kind: "text", name: idColumn, dictionary: texts.dictionary(), ids };
  return { rows: rows.subarray(0, texts.size), column };
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
