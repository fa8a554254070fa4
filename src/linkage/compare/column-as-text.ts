import { type Column, nullId, type TextColumn } from "../../columns/index.ts";

/** A text column as it is; of a list column the first text of each row, since the first named is the main one. */
export function columnAsText(column: Column): TextColumn {
  if (column.kind === "text") return column;
  if (column.kind === "number") throw new TypeError(`column ${column.name} holds numbers, not texts`);
  const ids = new Int32Array(column.offsets.length - 1);
  for (let row = 0; row < ids.length; row++) {
    const from = column.offsets[row] as number;
    ids[row] = from < (column.offsets[row + 1] as number) ? (column.values[from] as number) : nullId;
  }
  return { kind: "text", name: column.name, dictionary: column.dictionary, ids };
}
