import { ColumnKernel } from "./column-kernel.ts";
import { type Dictionary, utf8Dictionary, utf8Of } from "./dictionary.ts";
import { KernelTextNumbers } from "./kernel-text-numbers.ts";
import { TextNumbers } from "./text-numbers.ts";
import type { Utf8Texts } from "./utf8-texts.ts";

/** Dictionaries made one. */
export interface MergedDictionaries {
  /** The distinct texts of all, in order of first appearance. */
  readonly dictionary: Dictionary;
  /** For each of them the new ids of its texts. */
  readonly idsByOld: readonly Int32Array[];
}

/** Fewer texts are numbered before the kernel's memory is there. */
const kernelTextsMin = 10_000;

/** Merges dictionaries: many texts by the kernel where `openKernel` gives one, the same in TypeScript. */
export function mergeDictionaries(
  dictionaries: readonly Dictionary[],
  openKernel: () => ColumnKernel | undefined = ColumnKernel.open,
): MergedDictionaries {
  const parts = dictionaries.map((dictionary) => utf8Of(dictionary));
  const textCount = dictionaries.reduce((sum, { size }) => sum + size, 0);
  const byteCount = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const kernel = textCount < kernelTextsMin ? undefined : openKernel();
  const merged = kernel && mergeByKernel(kernel, parts, textCount, byteCount);
  if (merged !== undefined) return merged;
  // Most texts of the parts of one table differ.
  const numbers = new TextNumbers(textCount, byteCount);
  const idsByOld = parts.map((part) => numberAll(part, numbers));
  return { dictionary: numbers.dictionary(), idsByOld };
}

function numberAll({ bytes, offsets }: Utf8Texts, numbers: TextNumbers): Int32Array {
  const idByOld = new Int32Array(offsets.length - 1);
  for (let id = 0; id < idByOld.length; id++)
    idByOld[id] = numbers.numberOf(bytes, offsets[id] as number, offsets[id + 1] as number);
  return idByOld;
}

function mergeByKernel(
  kernel: ColumnKernel,
  parts: readonly Utf8Texts[],
  textCount: number,
  byteCount: number,
): MergedDictionaries | undefined {
  kernel.reset();
  const numbers = KernelTextNumbers.begin(kernel, textCount, byteCount);
  if (numbers === undefined || !kernel.hasRoomFor(byteCount + textCount * 8 + parts.length * 256)) return undefined;
  const idsByOld: Int32Array[] = [];
  for (const { bytes, offsets } of parts) {
    const mark = kernel.mark;
    const count = offsets.length - 1;
    const [bytesAt, offsetsAt, out] = [kernel.place(bytes), kernel.placeWords(offsets), kernel.take(count * 4)];
    if (kernel.run.numberSpans(numbers.at, bytesAt, bytes.length, offsetsAt, count, out) !== 1) return undefined;
    idsByOld.push(kernel.words(out, count).slice());
    kernel.reset(mark);
  }
  return { dictionary: utf8Dictionary(numbers.texts()), idsByOld };
}
