import { symbolsMax } from "../text-table.ts";

/**
 * Jaro similarity of one text with many, by bits: a word holds where each symbol stands in the text.
 * After H. Hyyrö, "Bit-parallel approximate string matching algorithms with transposition", 2005, and rapidfuzz.
 */
export class JaroPattern {
  readonly #symbols: Uint16Array;
  /** Places of each symbol as bits; all zero for symbols that the text lacks. */
  readonly #places: Int32Array;
  readonly #matched = new Uint16Array(symbolsMax);
  readonly #flagsA = new Uint8Array(symbolsMax);
  readonly #flagsB = new Uint8Array(symbolsMax);
  #start = 0;
  #length = 0;

  constructor(symbols: Uint16Array, alphabetSize: number) {
    this.#symbols = symbols;
    this.#places = new Int32Array(alphabetSize);
  }

  /** The text to compare with from now on. */
  set(start: number, length: number): void {
    this.#fillPlaces(false);
    this.#start = start;
    this.#length = length;
    this.#fillPlaces(true);
  }

  #fillPlaces(add: boolean): void {
    if (this.#length > 32) return;
    for (let i = 0; i < this.#length; i++) {
      const symbol = this.#symbols[this.#start + i] as number;
      this.#places[symbol] = add ? (this.#places[symbol] as number) | (1 << i) : 0;
    }
  }

  /** Jaro similarity in [0, 1] with another text. */
  similarity(start: number, length: number): number {
    if (this.#length === 0 || length === 0) return 0;
    return this.#length > 32 ? this.#byFlags(start, length) : this.#byBits(start, length);
  }

  #byBits(start: number, length: number): number {
    const symbols = this.#symbols;
    const own = this.#length;
    const reach = Math.max(0, (Math.max(own, length) >> 1) - 1);
    const last = Math.min(length, own + reach);
    let free = -1;
    let common = 0;
    for (let j = 0; j < last; j++) {
      const symbol = symbols[start + j] as number;
      // Places from j - reach to j + reach.
      const upTo = j + reach >= 31 ? -1 : (2 << (j + reach)) - 1;
      const from = j > reach ? -1 << (j - reach) : -1;
      const places = (this.#places[symbol] as number) & free & upTo & from;
      if (places === 0) continue;
      free &= ~(places & -places);
      this.#matched[common++] = symbol;
    }
    if (common === 0) return 0;
    let taken = own === 32 ? ~free : ~free & ((1 << own) - 1);
    let moved = 0;
    for (let t = 0; t < common; t++) {
      const place = 31 - Math.clz32(taken & -taken);
      taken &= taken - 1;
      if (symbols[this.#start + place] !== this.#matched[t]) moved++;
    }
    return jaroOf(common, moved, own, length);
  }

  #byFlags(start: number, length: number): number {
    const symbols = this.#symbols;
    const own = this.#length;
    const reach = Math.max(0, (Math.max(own, length) >> 1) - 1);
    const flagsA = this.#flagsA.fill(0, 0, own);
    const flagsB = this.#flagsB.fill(0, 0, length);
    let common = 0;
    for (let i = 0; i < own; i++) {
      const symbol = symbols[this.#start + i];
      const to = Math.min(length - 1, i + reach);
      for (let j = Math.max(0, i - reach); j <= to; j++) {
        if (flagsB[j] === 1 || symbols[start + j] !== symbol) continue;
        flagsA[i] = 1;
        flagsB[j] = 1;
        common++;
        break;
      }
    }
    if (common === 0) return 0;
    let moved = 0;
    for (let i = 0, j = 0; i < own; i++) {
      if (flagsA[i] === 0) continue;
      while (flagsB[j] === 0) j++;
      if (symbols[this.#start + i] !== symbols[start + j]) moved++;
      j++;
    }
    return jaroOf(common, moved, own, length);
  }
}

function jaroOf(common: number, moved: number, lengthA: number, lengthB: number): number {
  return (common / lengthA + common / lengthB + (common - (moved >> 1)) / common) / 3;
}
