import { type Dictionary, dictionaryOf } from "./dictionary.ts";
import { GrowingInt32 } from "./growing-array.ts";
import { type Column, nullId, type Table, type TextColumn, type TextListColumn } from "./table.ts";

/** The given rows of a table, in the given order, its dictionaries cut down to what those rows use. */
export function selectRows(table: Table, rows: Int32Array): Table {
  return { rowCount: rows.length, columns: table.columns.map((column) => selectColumn(column, rows)) };
}

function selectColumn(column: Column, rows: Int32Array): Column {
  if (column.kind === "text") return selectText(column, rows);
  if (column.kind === "textList") return selectLists(column, rows);
  return { ...column, values: new Float64Array(rows.length).map((_, i) => column.values[rows[i] as number] as number) };
}

function selectText(column: TextColumn, rows: Int32Array): TextColumn {
  const kept = new KeptTexts(column.dictionary);
  const ids = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const id = column.ids[rows[i] as number] as number;
    ids[i] = id === nullId ? nullId : kept.idOf(id);
  }
  return { ...column, dictionary: kept.dictionary(), ids };
}

function selectLists(column: TextListColumn, rows: Int32Array): TextListColumn {
  const kept = new KeptTexts(column.dictionary);
  const offsets = new Int32Array(rows.length + 1);
  const values = new GrowingInt32();
  rows.forEach((row, i) => {
    const end = column.offsets[row + 1] as number;
    for (let at = column.offsets[row] as number; at < end; at++) {
      values.push(kept.idOf(column.values[at] as number));
    }
    offsets[i + 1] = values.length;
  });
  return { ...column, dictionary: kept.dictionary(), offsets, values: values.toArray() };
}

/** Numbers the texts that are used, in order of first use. */
class KeptTexts {
  readonly #from: Dictionary;
  readonly #newIds: Int32Array;
  readonly #texts: string[] = [];

  constructor(from: Dictionary) {
    this.#from = from;
    this.#newIds = new Int32Array(from.size).fill(nullId);
  }

  idOf(id: number): number {
    const known = this.#newIds[id] as number;
    if (known !== nullId) return known;
    this.#newIds[id] = this.#texts.length;
    return this.#texts.push(this.#from.get(id)) - 1;
  }

  dictionary(): Dictionary {
    return dictionaryOf(this.#texts);
  }
}
