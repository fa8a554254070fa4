import type { ColumnMetaData } from "hyparquet";
import { readHybrid } from "./parquet-hybrid.ts";
import { type Expand, expandPage, type Page, pagesOf } from "./parquet-pages.ts";

/** How deep the values of a column lie: each optional or repeated step on the way to them counts one. */
export interface LeafDepth {
  readonly definitionMax: number;
  /** Of a list; 0 for a column of single values. */
  readonly repetitionMax: number;
}

/** Takes a text that stands in some bytes, and gives its number. */
export type TakeText = (bytes: Uint8Array, from: number, to: number) => number;

/** The values of a column chunk: `values` of those that are there, with the levels that tell where. */
export interface Leaf<A> {
  /** Values, nulls and empty lists: the length of the levels. */
  readonly count: number;
  readonly definition: Uint8Array;
  readonly repetition: Uint8Array | null;
  /** As many as there are levels of the full depth. */
  readonly values: A;
}

/** Reads the values of one page; `count` of them from `at` on. */
type ReadPlain<A> = (bytes: Uint8Array, at: number, count: number, out: A, to: number) => void;

/** Reads texts, each as the number that `take` gives it. */
export function readTexts(
  chunk: Uint8Array,
  column: ColumnMetaData,
  depth: LeafDepth,
  expand: Expand | undefined,
  take: TakeText,
): Leaf<Int32Array> {
  const plain: ReadPlain<Int32Array> = (bytes, start, count, out, to) => {
    let at = start;
    for (let i = 0; i < count; i++) {
      const length =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
      at += 4;
      if (length < 0 || at + length > bytes.length) throw new Error("a text reaches beyond its page");
      out[to + i] = take(bytes, at, at + length);
      at += length;
    }
  };
  return readLeaf(chunk, column, depth, expand, new Int32Array(Number(column.num_values)), plain);
}

/** Reads whole numbers; NaN for one that a number does not hold exactly. */
export function readIntegers(
  chunk: Uint8Array,
  column: ColumnMetaData,
  depth: LeafDepth,
  expand: Expand | undefined,
  unsigned: boolean,
): Leaf<Float64Array> {
  const width = column.type === "INT64" ? 8 : 4;
  const plain: ReadPlain<Float64Array> = (bytes, at, count, out, to) => {
    if (at + count * width > bytes.length) throw new Error("a page ends early");
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < count; i++) {
      const place = at + i * width;
      if (width === 4) out[to + i] = unsigned ? view.getUint32(place, true) : view.getInt32(place, true);
      else {
        const high = unsigned ? view.getUint32(place + 4, true) : view.getInt32(place + 4, true);
        const value = high * 2 ** 32 + view.getUint32(place, true);
        out[to + i] = Number.isSafeInteger(value) ? value : Number.NaN;
      }
    }
  };
  return readLeaf(chunk, column, depth, expand, new Float64Array(Number(column.num_values)), plain);
}

function readLeaf<A extends Int32Array | Float64Array>(
  chunk: Uint8Array,
  column: ColumnMetaData,
  depth: LeafDepth,
  expand: Expand | undefined,
  values: A,
  plain: ReadPlain<A>,
): Leaf<A> {
  const count = Number(column.num_values);
  const definition = new Uint8Array(count);
  const repetition = depth.repetitionMax === 0 ? null : new Uint8Array(count);
  let dictionary: A | undefined;
  let seen = 0;
  let to = 0;
  for (const page of pagesOf(chunk, column)) {
    const bytes = expandPage(page, expand);
    if (page.isDictionary) {
      dictionary = like(values, page.count);
      plain(bytes, 0, page.count, dictionary, 0);
      continue;
    }
    const end = seen + page.count;
    if (end > count) throw new Error("a column has more values than its file declares");
    const own = definition.subarray(seen, end);
    const at = readLevels(page, bytes, depth, own, repetition?.subarray(seen, end) ?? null);
    const present = countOf(own, depth.definitionMax);
    if (page.isPlain) plain(bytes, at, present, values, to);
    else readPlaces(bytes, at, dictionary, values.subarray(to, to + present) as A);
    seen = end;
    to += present;
  }
  return { count, definition, repetition, values: values.subarray(0, to) as A };
}

function like<A extends Int32Array | Float64Array>(values: A, length: number): A {
  return (values instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)) as A;
}

/** Reads the levels of a page; gives where its values begin. */
function readLevels(
  { levels }: Page,
  bytes: Uint8Array,
  depth: LeafDepth,
  definition: Uint8Array,
  repetition: Uint8Array | null,
): number {
  if (levels !== null) {
    if (repetition !== null) readAll(levels.repetition, depth.repetitionMax, repetition);
    readAll(levels.definition, depth.definitionMax, definition);
    return 0;
  }
  let at = 0;
  for (const [max, out] of [
    [depth.repetitionMax, repetition],
    [depth.definitionMax, definition],
  ] as const) {
    if (max === 0 || out === null) continue;
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
    readHybrid(bytes, at + 4, Math.min(at + 4 + length, bytes.length), bitsOf(max), out);
    at += 4 + length;
  }
  return at;
}

function readAll(bytes: Uint8Array, max: number, out: Uint8Array): void {
  readHybrid(bytes, 0, bytes.length, bitsOf(max), out);
}

/** Bits of a level that is `max` at most. */
export function bitsOf(max: number): number {
  return 32 - Math.clz32(max);
}

function countOf(levels: Uint8Array, level: number): number {
  let count = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] === level) count++;
  return count;
}

function readPlaces<A extends Int32Array | Float64Array>(
  bytes: Uint8Array,
  at: number,
  dictionary: A | undefined,
  out: A,
): void {
  if (out.length === 0) return;
  if (dictionary === undefined) throw new Error("a page refers to a dictionary that is missing");
  const places = out instanceof Int32Array ? out : new Int32Array(out.length);
  readHybrid(bytes, at + 1, bytes.length, bytes[at] as number, places);
  for (let i = 0; i < out.length; i++) {
    const place = places[i] as number;
    if (place >= dictionary.length) throw new Error("a page refers to more than its dictionary holds");
    out[i] = dictionary[place] as number;
  }
}

/** The single value of each row, `none` where it has none. */
export function spread<A extends Int32Array | Float64Array>(
  { count, definition, values }: Leaf<A>,
  max: number,
  none: number,
): A {
  if (values.length === count) return values;
  const spreadOut = like(values, count);
  for (let i = 0, from = 0; i < count; i++) spreadOut[i] = definition[i] === max ? (values[from++] as number) : none;
  return spreadOut;
}

/** The lists of each row: row `r` owns `numbers[offsets[r]]` up to `numbers[offsets[r + 1]]`; a missing list is empty. */
export function listsOf(
  { count, definition, repetition, values }: Leaf<Int32Array>,
  max: number,
  rowCount: number,
): { readonly offsets: Int32Array; readonly numbers: Int32Array } {
  const offsets = new Int32Array(rowCount + 1);
  const levels = repetition ?? new Uint8Array(count).fill(1);
  let row = -1;
  let to = 0;
  for (let i = 0; i < count; i++) {
    if (levels[i] === 0) {
      if (++row >= rowCount) throw new Error("a column has more rows than its file declares");
      offsets[row] = to;
    }
    if (definition[i] === max) to++;
  }
  if (row + 1 !== rowCount) throw new Error("a column has fewer rows than its file declares");
  offsets[rowCount] = to;
  return { offsets, numbers: values };
}
