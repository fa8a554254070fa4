import type { TextColumn } from "../../columns/index.ts";
import { Alphabet } from "./alphabet.ts";
import type { Arena, Placed } from "./arena.ts";
import { distinctTexts } from "./distinct-texts.ts";

/**
 * 32-bit words of an entry: four of the bag; two of the prefix; the length and, in the upper half, by how much it exceeds the
 * bits of the bag; and where its symbols begin.
 */
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

/** Encodes columns, end to end; undefined when they have more different symbols than a kernel can tell apart. */
export function textTable(columns: readonly TextColumn[], lower: boolean, arena: Arena): TextTable | undefined {
  const { ids, texts } = distinctTexts(columns, lower);
  const { bytes, offsets } = texts;
  const count = offsets.length - 1;
  const alphabet = Alphabet.of(texts, symbolsMax);
  if (alphabet === undefined) return undefined;
  const entries = arena.int32(count * entryWords);
  // A symbol has a byte at least.
  let room = 0;
  for (let id = 0; id < count; id++)
    room += Math.min((offsets[id + 1] as number) - (offsets[id] as number), symbolsMax);
  const symbols = arena.uint16(room);
  let start = 0;
  for (let id = 0; id < count; id++) {
    const length = alphabet.write(bytes, offsets[id] as number, offsets[id + 1] as number, symbols.values, start);
    writeEntry(alphabet, entries.values, id * entryWords, symbols.values, start, length);
    start += length;
  }
  return { ids: arena.int32Of(ids), entries, symbols, alphabetSize: alphabet.size };
}

function writeEntry(
  alphabet: Alphabet,
  entries: Int32Array,
  at: number,
  symbols: Uint16Array,
  start: number,
  length: number,
): void {
  const bits = alphabet.writeBag(symbols, start, length, entries, at + entryWord.bag);
  for (let i = 0; i < 4 && i < length; i++) {
    const word = at + entryWord.prefix + (i >> 1);
    entries[word] = (entries[word] as number) | ((symbols[start + i] as number) << ((i & 1) * 16));
  }
  entries[at + entryWord.length] = length | ((length - bits) << 16);
  entries[at + entryWord.start] = start;
}
