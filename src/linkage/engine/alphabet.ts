const symbolsDistinctMax = 65_536;
/** Classes of the bag; with three bits each they fill 126 of its 128. */
const bagClasses = 42;
const bagDepth = 3;

/**
 * The code points of a column under small numbers, the most frequent first. A bag counts a text's symbols up to three by
 * class, a bit for each: the bits that one bag has and another lacks are symbols that cannot have a partner there, which
 * bounds every similarity from above without reading the texts.
 */
export class Alphabet {
  readonly size: number;
  readonly #symbolByUnit: Uint16Array;
  readonly #symbolByPoint: ReadonlyMap<number, number>;
  readonly #counts = new Uint8Array(bagClasses);

  private constructor(points: readonly number[]) {
    this.size = points.length;
    this.#symbolByUnit = new Uint16Array(65_536);
    const symbolByPoint = new Map<number, number>();
    points.forEach((point, symbol) => {
      if (point < 65_536) this.#symbolByUnit[point] = symbol;
      else symbolByPoint.set(point, symbol);
    });
    this.#symbolByPoint = symbolByPoint;
  }

  /** The alphabet of these texts, `lengthMax` code points of each; undefined when it is too large. */
  static of(texts: readonly string[], lengthMax: number): Alphabet | undefined {
    const countByUnit = new Uint32Array(65_536);
    const countByPoint = new Map<number, number>();
    for (const text of texts) countPoints(text, lengthMax, countByUnit, countByPoint);
    const counted: [point: number, count: number][] = [...countByPoint];
    countByUnit.forEach((count, point) => {
      if (count > 0) counted.push([point, count]);
    });
    if (counted.length > symbolsDistinctMax) return undefined;
    counted.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return new Alphabet(counted.map(([point]) => point));
  }

  /** The symbol of a code point of these texts. */
  symbolOf(point: number): number {
    return point < 65_536 ? (this.#symbolByUnit[point] as number) : (this.#symbolByPoint.get(point) as number);
  }

  /** Writes the bag of some symbols as four 32-bit words. */
  writeBag(symbols: Uint16Array, from: number, length: number, out: Int32Array, at: number): void {
    const counts = this.#counts.fill(0);
    for (let i = from; i < from + length; i++) {
      const kind = (symbols[i] as number) % bagClasses;
      const seen = counts[kind] as number;
      if (seen === bagDepth) continue;
      counts[kind] = seen + 1;
      const bit = kind * bagDepth + seen;
      out[at + (bit >> 5)] = (out[at + (bit >> 5)] as number) | (1 << (bit & 31));
    }
  }
}

function countPoints(
  text: string,
  lengthMax: number,
  countByUnit: Uint32Array,
  countByPoint: Map<number, number>,
): void {
  for (let unit = 0, length = 0; unit < text.length && length < lengthMax; length++) {
    const point = text.codePointAt(unit) as number;
    if (point < 65_536) {
      countByUnit[point] = (countByUnit[point] as number) + 1;
      unit++;
    } else {
      countByPoint.set(point, (countByPoint.get(point) ?? 0) + 1);
      unit += 2;
    }
  }
}
