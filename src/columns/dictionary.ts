import { decodeUtf8, encodeUtf8, type Utf8Texts } from "./utf8-texts.ts";

/**
 * The distinct texts of a column, each under a small whole number.
 * Equal texts have equal ids within one dictionary, so equality of values is equality of ids.
 */
export interface Dictionary {
  /** How many texts there are; ids run from 0 to size - 1. */
  readonly size: number;
  /** The text under an id. */
  get(id: number): string;
  /** The same texts as bytes, where they are at hand; see {@link utf8Of}. */
  readonly utf8?: Utf8Texts;
}

/** A dictionary over texts that are already in memory. */
export function dictionaryOf(texts: readonly string[]): Dictionary {
  return { size: texts.length, get: (id) => texts[id] as string };
}

/** A dictionary over texts in UTF-8: one becomes a string when it is asked for, and with `keeps` (the default) stays one. */
export function utf8Dictionary(utf8: Utf8Texts, keeps = true): Dictionary {
  const { bytes, offsets } = utf8;
  const size = offsets.length - 1;
  const decode = (id: number): string => decodeUtf8(bytes, offsets[id] as number, offsets[id + 1] as number);
  if (!keeps) return { size, get: decode, utf8 };
  const texts: string[] = [];
  return { size, get: (id) => (texts[id] ??= decode(id)), utf8 };
}

/** The texts of a dictionary as bytes. */
export function utf8Of(dictionary: Dictionary): Utf8Texts {
  return dictionary.utf8 ?? encodeUtf8(dictionaryTexts(dictionary));
}

/** Collects texts in order of first appearance. */
export class DictionaryBuilder {
  readonly #idByText = new Map<string, number>();
  readonly #texts: string[] = [];

  /** The id of `text`, a new one when it was not seen before. */
  add(text: string): number {
    const known = this.#idByText.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    this.#idByText.set(text, id);
    this.#texts.push(text);
    return id;
  }

  /** How many distinct texts were added. */
  get size(): number {
    return this.#texts.length;
  }

  /** The dictionary of all texts added so far; later additions do not change it. */
  build(): Dictionary {
    return dictionaryOf(this.#texts.slice());
  }
}

/** Every text of a dictionary, in order of id. */
export function dictionaryTexts(dictionary: Dictionary): string[] {
  return Array.from({ length: dictionary.size }, (_, id) => dictionary.get(id));
}
