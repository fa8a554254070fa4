import { pointAt, pointBytes } from "../../base/index.ts";
import type { Utf8Texts } from "../../columns/index.ts";

/** Different symbols that a kernel can tell apart. */
export const symbolsDistinctMax = 65_536;

/** Classes of the bag; with three bits each they fill 126 of its 128. */
const bagClasses = 42;
const bagDepth = 3;

/** Which code point each symbol is: the most frequent first. */
export function pointsBySymbol(counted: [point: number, count: number][]): number[] {
  return counted.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([point]) => point);
}

/**
 * The code points of a column under small numbers, the most frequent first. A bag counts a text's symbols up to three by
 * class, a bit for each: the bits that one bag has and another lacks are symbols that cannot have a partner there, which
 * bounds every similarity from above without reading the texts.
 */
export class Alphabet {
  readonly size: number;
  readonly #symbolByUnit: Uint16Array;
  readonly #symbolByPoint: ReadonlyMap<number, number>;
  readonly #kindBySymbol: Uint8Array;
  readonly #lengthMax: number;
  readonly #counts = new Uint8Array(bagClasses);

  private constructor(points: readonly number[], lengthMax: number) {
    this.#lengthMax = lengthMax;
    this.size = points.length;
    this.#symbolByUnit = new Uint16Array(65_536);
    this.#kindBySymbol = Uint8Array.from({ length: points.length }, (_, symbol) => symbol % bagClasses);
    const symbolByPoint = new Map<number, number>();
    points.forEach((point, symbol) => {
      if (point < 65_536) this.#symbolByUnit[point] = symbol;
      else symbolByPoint.set(point, symbol);
    });
    this.#symbolByPoint = symbolByPoint;
  }

  /** The alphabet of these texts, `lengthMax` code points of each; undefined when it is too large. */
  static of({ bytes, offsets }: Utf8Texts, lengthMax: number): Alphabet | undefined {
    const countByUnit = new Uint32Array(65_536);
    const countByPoint = new Map<number, number>();
    for (let id = 0; id + 1 < offsets.length; id++) {
      const end = offsets[id + 1] as number;
      for (let at = offsets[id] as number, length = 0; at < end && length < lengthMax; length++) {
        const byte = bytes[at] as number;
        const point = byte < 128 ? byte : pointAt(bytes, at);
        at += byte < 128 ? 1 : pointBytes(byte);
        if (point < 65_536) countByUnit[point] = (countByUnit[point] as number) + 1;
        else countByPoint.set(point, (countByPoint.get(point) ?? 0) + 1);
      }
    }
    const counted: [point: number, count: number][] = [...countByPoint];
    countByUnit.forEach((count, point) => {
      if (count > 0) counted.push([point, count]);
    });
    if (counted.length > symbolsDistinctMax) return undefined;
    return new Alphabet(pointsBySymbol(counted), lengthMax);
  }

  /** Writes the symbols of a text in UTF-8, as many as the alphabet was made for; gives how many these are. */
  write(bytes: Uint8Array, from: number, to: number, out: Uint16Array, start: number): number {
    let length = 0;
    for (let at = from; at < to && length < this.#lengthMax; length++) {
      const byte = bytes[at] as number;
      const point = byte < 128 ? byte : pointAt(bytes, at);
      at += byte < 128 ? 1 : pointBytes(byte);
      out[start + length] =
        point < 65_536 ? (this.#symbolByUnit[point] as number) : (this.#symbolByPoint.get(point) as number);
    }
    return length;
  }

  /** Writes the bag of some symbols as four 32-bit words; gives how many of its bits are set. */
  writeBag(symbols: Uint16Array, from: number, length: number, out: Int32Array, at: number): number {
    let bits = 0;
    const counts = this.#counts;
    for (let kind = 0; kind < bagClasses; kind++) counts[kind] = 0;
    for (let i = from; i < from + length; i++) {
      const kind = this.#kindBySymbol[symbols[i] as number] as number;
      const seen = counts[kind] as number;
      if (seen === bagDepth) continue;
      counts[kind] = seen + 1;
      bits++;
      const bit = kind * bagDepth + seen;
      out[at + (bit >> 5)] = (out[at + (bit >> 5)] as number) | (1 << (bit & 31));
    }
    return bits;
  }
}
