import { type Column, nullId, type TextColumn, type TextListColumn } from "../../columns/index.ts";

/** What one row holds: distinct key numbers, ascending; equal numbers mean equal keys. */
export interface KeyList {
  readonly keys: Int32Array;
  /** The weights of all its keys added up. */
  readonly weight: number;
}

/** The key lists of a column's rows. */
export interface KeyLists {
  /** The list of a row, made when it is first asked for. */
  at(row: number): KeyList;
  /** What two lists share. The result is valid until the next call. */
  overlap(a: KeyList, b: KeyList): Overlap;
}

/** How many keys two lists share, and the weights of these added up. */
export interface Overlap {
  readonly count: number;
  readonly weight: number;
}

const empty: KeyList = { keys: new Int32Array(0), weight: 0 };

/**
 * Turns each row's texts (a text column counts as lists of one) into lists of key numbers, at most `max` texts a row.
 * Key numbers depend on which row was asked for first, so `weigh` must give whole numbers: their sums are exact in any order.
 */
export function keyLists(
  column: Column,
  max: number,
  keysOf: (text: string) => string[],
  weigh: (key: string) => number = () => 0,
): KeyLists {
  if (column.kind === "number") throw new TypeError(`column ${column.name} holds numbers, not texts`);
  const numbers = new KeyNumbers(weigh);
  const byId: (readonly number[] | undefined)[] = [];
  const numbersAt = (id: number): readonly number[] =>
    (byId[id] ??= keysOf(column.dictionary.get(id)).map((key) => numbers.of(key)));
  const listOf = (ids: readonly number[]): KeyList => {
    const keys = Int32Array.from(new Set(ids.flatMap(numbersAt))).sort();
    return { keys, weight: keys.reduce((sum, key) => sum + (numbers.weights[key] as number), 0) };
  };
  return {
    at: column.kind === "text" ? listsOfTexts(column, listOf) : listsOfRows(column, max, listOf),
    overlap: (a, b) => overlapOf(a.keys, b.keys, numbers.weights),
  };
}

class KeyNumbers {
  readonly weights: number[] = [];
  readonly #numberByKey = new Map<string, number>();
  readonly #weigh: (key: string) => number;

  constructor(weigh: (key: string) => number) {
    this.#weigh = weigh;
  }

  of(key: string): number {
    const known = this.#numberByKey.get(key);
    if (known !== undefined) return known;
    this.#numberByKey.set(key, this.weights.length);
    return this.weights.push(this.#weigh(key)) - 1;
  }
}

function listsOfTexts(column: TextColumn, listOf: (ids: readonly number[]) => KeyList): (row: number) => KeyList {
  const lists: (KeyList | undefined)[] = [];
  return (row) => {
    const id = column.ids[row] as number;
    if (id === nullId) return empty;
    lists[id] ??= listOf([id]);
    return lists[id];
  };
}

function listsOfRows(
  column: TextListColumn,
  max: number,
  listOf: (ids: readonly number[]) => KeyList,
): (row: number) => KeyList {
  const lists: (KeyList | undefined)[] = [];
  return (row) => {
    const from = column.offsets[row] as number;
    const to = Math.min(column.offsets[row + 1] as number, from + max);
    if (from === to) return empty;
    lists[row] ??= listOf(Array.from(column.values.subarray(from, to)));
    return lists[row];
  };
}

const shared = { count: 0, weight: 0 };

function overlapOf(a: Int32Array, b: Int32Array, weights: readonly number[]): Overlap {
  shared.count = 0;
  shared.weight = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const keyA = a[i] as number;
    const keyB = b[j] as number;
    if (keyA === keyB) {
      shared.count++;
      shared.weight += weights[keyA] as number;
    }
    if (keyA <= keyB) i++;
    if (keyB <= keyA) j++;
  }
  return shared;
}
