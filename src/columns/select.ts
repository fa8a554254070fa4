import { DictionaryBuilder } from "./dictionary.ts";
import { type Column, nullId, type Table, type TextColumn, type TextListColumn } from "./table.ts";

/** The given rows of a table, in the given order, its dictionaries cut down to what those rows use. */
export function selectRows(table: Table, rows: Int32Array): Table {
  return { rowCount: rows.length, columns: table.columns.map((column) => selectColumn(column, rows)) };
}

function selectColumn(column: Column, rows: Int32Array): Column {
  if (column.kind === "text") return selectText(column, rows);
  if (column.kind === "textList") return selectLists(column, rows);
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) };
}

function selectText(column: TextColumn, rows: Int32Array): TextColumn {
  const kept = new DictionaryBuilder();
  const ids = Int32Array.from(rows, (row) => {
    const id = column.ids[row] as number;
    return id === nullId ? nullId : kept.add(column.dictionary.get(id));
  });
  return { ...column, dictionary: kept.build(), ids };
}

function selectLists(column: TextListColumn, rows: Int32Array): TextListColumn {
  const kept = new DictionaryBuilder();
  const offsets = new Int32Array(rows.length + 1);
  const values: number[] = [];
  rows.forEach((row, i) => {
    const end = column.offsets[row + 1] as number;
    for (let at = column.offsets[row] as number; at < end; at++) {
      values.push(kept.add(column.dictionary.get(column.values[at] as number)));
    }
    offsets[i + 1] = values.length;
  });
  return { ...column, dictionary: kept.build(), offsets, values: Int32Array.from(values) };
}
