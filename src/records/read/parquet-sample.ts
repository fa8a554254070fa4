import type { ColumnMetaData } from "hyparquet";
import type { TextNumbers } from "../../columns/index.ts";
import { type Leaf, type LeafDepth, listsOf, readTexts, spread } from "./parquet-leaf.ts";
import type { Expand } from "./parquet-pages.ts";
import { noText, type RawColumn } from "./raw-columns.ts";

/** Picks rows of a row group, given how many it has; the values of others are not made. */
export type PickRows = (rowCount: number) => Int32Array;

/** The texts of the rows that are picked: of all others no more is learnt than where they stand in their pages. */
export function readSampledTexts(
  chunk: Uint8Array,
  column: ColumnMetaData,
  depth: LeafDepth,
  expand: Expand | undefined,
  texts: TextNumbers,
  rows: { readonly count: number; readonly picked: Int32Array },
): RawColumn {
  const pages = new PageTexts();
  const leaf = readTexts(chunk, column, depth, expand, pages.placeOf);
  const numberOf = (place: number): number => (place === noText ? noText : pages.copy(place, texts));
  if (depth.repetitionMax > 0) return sampledLists(leaf, depth, texts, rows, numberOf);
  const places = spread(leaf, depth.definitionMax, noText);
  const numbers = new Int32Array(places.length).fill(noText);
  for (const row of rows.picked) numbers[row] = numberOf(places[row] as number);
  return { kind: "texts", texts, numbers };
}

function sampledLists(
  leaf: Leaf<Int32Array>,
  depth: LeafDepth,
  texts: TextNumbers,
  rows: { readonly count: number; readonly picked: Int32Array },
  numberOf: (place: number) => number,
): RawColumn {
  const { offsets, numbers: places } = listsOf(leaf, depth.definitionMax, rows.count);
  const numbers = new Int32Array(places.length).fill(noText);
  for (const row of rows.picked) {
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++)
      numbers[at] = numberOf(places[at] as number);
  }
  return { kind: "lists", texts, offsets, numbers };
}

/** Where texts stand in the pages of a column, each under one number: its place in all pages together. */
class PageTexts {
  readonly #pages: Uint8Array[] = [];
  readonly #firsts: number[] = [];
  #page: Uint8Array = new Uint8Array(0);
  #first = 0;

  /** The place of a text, its length in the four bytes before it. */
  readonly placeOf = (bytes: Uint8Array, from: number): number => {
    if (bytes !== this.#page) this.#add(bytes);
    return this.#first + from;
  };

  /** Adds the text at a place to others; gives its number there. */
  copy(place: number, texts: TextNumbers): number {
    const page = this.#pageOf(place);
    const bytes = this.#pages[page] as Uint8Array;
    const from = place - (this.#firsts[page] as number);
    return texts.append(bytes, from, from + lengthBefore(bytes, from));
  }

  #pageOf(place: number): number {
    const firsts = this.#firsts;
    let [from, to] = [0, firsts.length - 1];
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if ((firsts[middle] as number) <= place) from = middle;
      else to = middle - 1;
    }
    return from;
  }

  #add(bytes: Uint8Array): void {
    this.#first += this.#page.length;
    if (this.#first + bytes.length > 2 ** 31 - 1) throw new Error("a column has more bytes than its file declares");
    this.#page = bytes;
    this.#pages.push(bytes);
    this.#firsts.push(this.#first);
  }
}

/** The length that stands in the four bytes before a text, which its reader has found to lie within the page. */
function lengthBefore(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at - 4] as number) |
    ((bytes[at - 3] as number) << 8) |
    ((bytes[at - 2] as number) << 16) |
    ((bytes[at - 1] as number) << 24)
  );
}
