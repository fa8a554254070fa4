import { decodeUtf8, type Dictionary, nullId, TextNumbers, type Utf8Texts, utf8Of } from "../../columns/index.ts";
import { lowerLetters, lowerUtf8 } from "../compare/index.ts";

/** Texts under numbers, as columns have them. */
export interface NumberedTexts {
  readonly dictionary: Dictionary;
  readonly ids: Int32Array;
}

/** The texts of several columns under one numbering. */
export interface DistinctTexts {
  /** The number of each row's text, end to end, or {@link nullId}. */
  readonly ids: Int32Array;
  readonly texts: Utf8Texts;
}

/** Numbers the texts of columns so that equal ones, with `lower` in lower case, have one number over all of them. */
export function distinctTexts(columns: readonly NumberedTexts[], lower: boolean): DistinctTexts {
  const texts = columns.map(({ dictionary }) => utf8Of(dictionary));
  const room = (of: (one: Utf8Texts) => number): number => texts.reduce((sum, one) => sum + of(one), 0);
  const numbers = new TextNumbers(
    room(({ offsets }) => offsets.length),
    room(({ bytes }) => bytes.length),
  );
  const ids = new Int32Array(columns.reduce((sum, column) => sum + column.ids.length, 0));
  let row = 0;
  columns.forEach(({ ids: oldIds }, c) => {
    const renumbered = numbersOf(texts[c] as Utf8Texts, lower, numbers);
    for (let i = 0; i < oldIds.length; i++) {
      const id = oldIds[i] as number;
      ids[row++] = id === nullId ? nullId : (renumbered[id] as number);
    }
  });
  return { ids, texts: numbers.utf8() };
}

function numbersOf({ bytes, offsets }: Utf8Texts, lower: boolean, numbers: TextNumbers): Int32Array {
  const renumbered = new Int32Array(offsets.length - 1);
  let scratch = new Uint8Array(1024);
  for (let id = 0; id < renumbered.length; id++) {
    const from = offsets[id] as number;
    const to = offsets[id + 1] as number;
    if (!lower) {
      renumbered[id] = numbers.numberOf(bytes, from, to);
      continue;
    }
    if ((to - from) * 3 > scratch.length) scratch = new Uint8Array((to - from) * 4);
    const end = lowerUtf8(bytes, from, to, scratch);
    renumbered[id] =
      end < 0 ? numbers.numberOfText(lowerLetters(decodeUtf8(bytes, from, to))) : numbers.numberOf(scratch, 0, end);
  }
  return renumbered;
}
