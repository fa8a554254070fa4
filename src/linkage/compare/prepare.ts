import { type Column, nullId, type TextColumn, type TextListColumn } from "../../columns/index.ts";

/** The prepared form of each row's text, made once for each distinct text; null where the row has none. */
export function preparedTexts<T>(column: TextColumn, make: (text: string) => T | null): (row: number) => T | null {
  const made: (T | null | undefined)[] = new Array(column.dictionary.size);
  return (row) => {
    const id = column.ids[row] as number;
    if (id === nullId) return null;
    const known = made[id];
    if (known !== undefined) return known;
    const value = make(column.dictionary.get(id));
    made[id] = value;
    return value;
  };
}

/** Whole numbers for the values of each row, sorted and distinct: equal numbers mean equal keys. */
export interface KeyLists {
  readonly offsets: Int32Array;
  readonly keys: Int32Array;
  /** The key under each number. */
  readonly texts: readonly string[];
}

/** Turns each row's texts (a text column counts as lists of one) into sorted lists of key numbers, at most `max` a row. */
export function keyLists(column: Column, max: number, keysOf: (text: string) => string[]): KeyLists {
  const numberByKey = new Map<string, number>();
  const texts: string[] = [];
  const numbersOf = (text: string): number[] =>
    keysOf(text).map((key) => {
      const known = numberByKey.get(key);
      if (known !== undefined) return known;
      numberByKey.set(key, texts.length);
      return texts.push(key) - 1;
    });
  const lists = rowLists(column, max, numbersOf);
  return { ...lists, texts };
}

function rowLists(column: Column, max: number, numbersOf: (text: string) => number[]): Omit<KeyLists, "texts"> {
  if (column.kind === "number") throw new TypeError(`column ${column.name} holds numbers, not texts`);
  const made: (number[] | undefined)[] = new Array(column.dictionary.size);
  const numbersAt = (id: number): number[] => (made[id] ??= numbersOf(column.dictionary.get(id)));
  const rowCount = column.kind === "text" ? column.ids.length : column.offsets.length - 1;
  const offsets = new Int32Array(rowCount + 1);
  const all: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const ids = idsOf(column, row, max);
    const distinct = [...new Set(ids.flatMap(numbersAt))].sort((a, b) => a - b);
    for (const number of distinct) all.push(number);
    offsets[row + 1] = all.length;
  }
  return { offsets, keys: Int32Array.from(all) };
}

function idsOf(column: TextColumn | TextListColumn, row: number, max: number): number[] {
  if (column.kind === "text") return column.ids[row] === nullId ? [] : [column.ids[row] as number];
  const from = column.offsets[row] as number;
  return Array.from(column.values.subarray(from, Math.min(column.offsets[row + 1] as number, from + max)));
}
