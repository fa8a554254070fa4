import { nullId, type TextColumn } from "../../columns/index.ts";
import { Alphabet } from "./alphabet.ts";
import type { Arena, Placed } from "./arena.ts";

/** 32-bit words of an entry: four of the bag, two of the prefix, the length, and where its symbols begin. */
export const entryWords = 8;
/** Places of an entry's words. */
export const entryWord = { bag: 0, prefix: 4, length: 6, start: 7 } as const;

/** Symbols of a text that are looked at; more say nothing new, and one text of 10 MB must not hold up a block. */
export const symbolsMax = 1024;

/**
 * The distinct texts of a column as a kernel compares them. An entry holds all that can settle most comparisons without
 * looking at the text: a bag of its symbols (see {@link Alphabet}), its first four symbols, and its length.
 */
export interface TextTable {
  /** The entry of each record, -1 where it has no text. */
  readonly ids: Placed<Int32Array>;
  readonly entries: Placed<Int32Array>;
  readonly symbols: Placed<Uint16Array>;
  /** How many different symbols there are. */
  readonly alphabetSize: number;
}

/** Texts under numbers, as a column has them. */
type NumberedTexts = Pick<TextColumn, "dictionary" | "ids">;

/** The number of each row's text over all columns, equal for equal texts after `read`; and these texts. */
export function distinctTexts(
  columns: readonly NumberedTexts[],
  read: (text: string) => string,
): { ids: Int32Array; texts: readonly string[] } {
  const idByText = new Map<string, number>();
  const texts: string[] = [];
  const ids = new Int32Array(columns.reduce((sum, column) => sum + column.ids.length, 0));
  let row = 0;
  for (const { dictionary, ids: oldIds } of columns) {
    const renumbered = new Int32Array(dictionary.size);
    for (let id = 0; id < renumbered.length; id++) {
      const text = read(dictionary.get(id));
      const known = idByText.get(text);
      if (known === undefined) idByText.set(text, texts.length);
      renumbered[id] = known ?? texts.push(text) - 1;
    }
    for (const id of oldIds) ids[row++] = id === nullId ? nullId : (renumbered[id] as number);
  }
  return { ids, texts };
}

/** Encodes columns, end to end; undefined when they have more different symbols than a kernel can tell apart. */
export function textTable(
  columns: readonly TextColumn[],
  read: (text: string) => string,
  arena: Arena,
): TextTable | undefined {
  const { ids, texts } = distinctTexts(columns, read);
  const alphabet = Alphabet.of(texts, symbolsMax);
  if (alphabet === undefined) return undefined;
  const entries = arena.int32(texts.length * entryWords);
  const symbols = arena.uint16(texts.reduce((sum, text) => sum + Math.min(text.length, symbolsMax), 0));
  let start = 0;
  texts.forEach((text, id) => {
    start += writeEntry(text, alphabet, entries.values, id * entryWords, symbols.values, start);
  });
  return { ids: arena.int32Of(ids), entries, symbols, alphabetSize: alphabet.size };
}

function writeEntry(
  text: string,
  alphabet: Alphabet,
  entries: Int32Array,
  at: number,
  symbols: Uint16Array,
  start: number,
): number {
  let length = 0;
  for (let unit = 0; unit < text.length && length < symbolsMax; length++) {
    const point = text.codePointAt(unit) as number;
    unit += point > 0xffff ? 2 : 1;
    symbols[start + length] = alphabet.symbolOf(point);
  }
  alphabet.writeBag(symbols, start, length, entries, at + entryWord.bag);
  const [a = 0, b = 0, c = 0, d = 0] = symbols.subarray(start, start + Math.min(length, 4));
  entries[at + entryWord.prefix] = a | (b << 16);
  entries[at + entryWord.prefix + 1] = c | (d << 16);
  entries[at + entryWord.length] = length;
  entries[at + entryWord.start] = start;
  return length;
}
