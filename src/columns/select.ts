import { type Dictionary, dictionaryOf, utf8Dictionary } from "./dictionary.ts";
import { GrowingInt32 } from "./growing-array.ts";
import { type Column, nullId, type Table, type TextColumn, type TextListColumn } from "./table.ts";
import type { Utf8Texts } from "./utf8-texts.ts";

/** The given rows of a table, in the given order, its dictionaries cut down to what those rows use. */
export function selectRows(table: Table, rows: Int32Array): Table {
  return { rowCount: rows.length, columns: table.columns.map((column) => selectColumn(column, rows)) };
}

function selectColumn(column: Column, rows: Int32Array): Column {
  if (column.kind === "text") return selectText(column, rows);
  if (column.kind === "textList") return selectLists(column, rows);
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i] as number] as number;
  return { ...column, values };
}

function selectText(column: TextColumn, rows: Int32Array): TextColumn {
  const ids = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) ids[i] = column.ids[rows[i] as number] as number;
  return { ...column, ...cutToUsed({ dictionary: column.dictionary, ids }) };
}

function selectLists(column: TextListColumn, rows: Int32Array): TextListColumn {
  const offsets = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const length = (column.offsets[row + 1] as number) - (column.offsets[row] as number);
    offsets[i + 1] = (offsets[i] as number) + length;
  }
  const values = new Int32Array(offsets[rows.length] as number);
  for (let i = 0; i < rows.length; i++) {
    const end = offsets[i + 1] as number;
    for (let from = column.offsets[rows[i] as number] as number, to = offsets[i] as number; to < end; )
      values[to++] = column.values[from++] as number;
  }
  const { dictionary, ids } = cutToUsed({ dictionary: column.dictionary, ids: values });
  return { ...column, dictionary, offsets, values: ids };
}

/** Ids over a dictionary, and the dictionary. */
export interface TextIds {
  readonly dictionary: Dictionary;
  readonly ids: Int32Array;
}

/** The same texts over a dictionary cut down to what the ids use; the same dictionary where they use all of it. */
export function cutToUsed({ dictionary, ids }: TextIds): TextIds {
  const used = new Uint8Array(dictionary.size);
  let count = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    if (id === nullId || used[id] === 1) continue;
    used[id] = 1;
    count++;
  }
  if (count === used.length) return { dictionary, ids };
  const kept = new KeptTexts(dictionary);
  const cut = ids.map((id) => (id === nullId ? nullId : kept.idOf(id)));
  return { dictionary: kept.dictionary(), ids: cut };
}

/** Numbers the texts that are used, in order of first use. */
class KeptTexts {
  readonly #from: Dictionary;
  readonly #newIds: Int32Array;
  readonly #kept = new GrowingInt32();

  constructor(from: Dictionary) {
    this.#from = from;
    this.#newIds = new Int32Array(from.size).fill(nullId);
  }

  idOf(id: number): number {
    const known = this.#newIds[id] as number;
    if (known !== nullId) return known;
    this.#newIds[id] = this.#kept.length;
    this.#kept.push(id);
    return this.#kept.length - 1;
  }

  dictionary(): Dictionary {
    const kept = this.#kept.toArray();
    const { utf8 } = this.#from;
    if (utf8 === undefined) return dictionaryOf(Array.from(kept, (id) => this.#from.get(id)));
    return utf8Dictionary(selectUtf8(utf8, kept));
  }
}

function selectUtf8({ bytes, offsets }: Utf8Texts, ids: Int32Array): Utf8Texts {
  const chosen = new Int32Array(ids.length + 1);
  ids.forEach((id, i) => {
    chosen[i + 1] = (chosen[i] as number) + (offsets[id + 1] as number) - (offsets[id] as number);
  });
  const out = new Uint8Array(chosen[ids.length] as number);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    const end = offsets[id + 1] as number;
    for (let from = offsets[id] as number, to = chosen[i] as number; from < end; ) out[to++] = bytes[from++] as number;
  }
  return { bytes: out, offsets: chosen };
}
