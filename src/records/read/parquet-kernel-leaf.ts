import type { ColumnMetaData } from "hyparquet";
import type { ColumnKernel } from "../../columns/index.ts";
import { bitsOf, type LeafDepth } from "./parquet-leaf.ts";
import { type Expand, expandPage, type Page, pagesOf } from "./parquet-pages.ts";

/** The values of a column chunk in the memory of the kernel: addresses, where `Leaf` has arrays. */
export interface KernelLeaf {
  readonly count: number;
  readonly definition: number;
  /** 0 for a column of single values. */
  readonly repetition: number;
  readonly values: number;
  /** How many values there are. */
  readonly present: number;
}

/** What the values of a chunk become. */
export interface LeafValues {
  /** Bytes of a value. */
  readonly width: 4 | 8;
  /** Reads `count` plain values from `at` on; false for what is odd. */
  readonly plain: (at: number, end: number, count: number, out: number) => boolean;
  /** Whether pages must stay where they are. */
  readonly keepsPages: boolean;
}

/** Values whose bytes are those of the page; of a dictionary too, which no page can claim to be larger than itself. */
const isPlausible = ({ count, length }: Page, isText: boolean): boolean => count * (isText ? 4 : 1) <= length;

/** Reads a chunk as `readLeaf` does; undefined for what is odd in it, and what is too large: that is left to `readLeaf`. */
export function readKernelLeaf(
  kernel: ColumnKernel,
  chunk: Uint8Array,
  column: ColumnMetaData,
  depth: LeafDepth,
  expand: Expand | undefined,
  of: LeafValues,
): KernelLeaf | undefined {
  const count = Number(column.num_values);
  if (!kernel.hasRoomFor(count * (2 + of.width))) return undefined;
  const definition = kernel.take(count);
  const repetition = depth.repetitionMax === 0 ? 0 : kernel.take(count);
  const values = kernel.take(count * of.width);
  const isSnappy = column.codec === "SNAPPY";
  let dictionary = { at: 0, size: 0 };
  let [seen, present] = [0, 0];
  for (const page of pagesOf(chunk, column)) {
    if (page.isDictionary) {
      if (!isPlausible(page, of.width === 4)) return undefined;
      dictionary = { at: kernel.take(page.count * of.width), size: page.count };
    }
    const mark = kernel.mark;
    const at = placePage(kernel, page, isSnappy, expand);
    if (at === undefined) return undefined;
    const end = at + page.length;
    if (page.isDictionary) {
      if (!of.plain(at, end, page.count, dictionary.at)) return undefined;
    } else {
      if (seen + page.count > count) return undefined;
      const levels = readLevels(kernel, page, { at, end }, depth, definition + seen, repetition && repetition + seen);
      if (levels === undefined) return undefined;
      const out = values + present * of.width;
      if (!readValues(kernel, page, { at: levels.at, end }, of, dictionary, levels.present, out)) return undefined;
      seen += page.count;
      present += levels.present;
    }
    if (!of.keepsPages) kernel.reset(mark);
  }
  return { count, definition, repetition, values, present };
}

function readValues(
  { run }: ColumnKernel,
  { isPlain }: Page,
  { at, end }: { readonly at: number; readonly end: number },
  { width, plain }: LeafValues,
  dictionary: { readonly at: number; readonly size: number },
  count: number,
  out: number,
): boolean {
  if (count === 0) return true;
  if (isPlain) return plain(at, end, count, out);
  const read = width === 4 ? run.readWords : run.readNumbers;
  return read(at, end, dictionary.at, dictionary.size, out, count) === 1;
}

function placePage(
  kernel: ColumnKernel,
  page: Page,
  isSnappy: boolean,
  expand: Expand | undefined,
): number | undefined {
  if (!kernel.hasRoomFor(page.length + page.stored.length)) return undefined;
  if (!isSnappy || !page.isCompressed || page.length === 0) return kernel.place(expandPage(page, expand));
  const at = kernel.take(page.length);
  const mark = kernel.mark;
  const stored = kernel.place(page.stored);
  kernel.reset(mark);
  return kernel.run.snappy(stored, stored + page.stored.length, at, at + page.length) === 1 ? at : undefined;
}

/** Reads the levels of a page; gives where its values begin and how many these are. */
function readLevels(
  kernel: ColumnKernel,
  { count, levels }: Page,
  page: { readonly at: number; readonly end: number },
  depth: LeafDepth,
  definition: number,
  repetition: number,
): { readonly at: number; readonly present: number } | undefined {
  const { readLevels: read } = kernel.run;
  let { at } = page;
  const own = (max: number, out: number, stored: Uint8Array | undefined): number => {
    if (stored !== undefined) {
      const mark = kernel.mark;
      const from = kernel.place(stored);
      kernel.reset(mark);
      return read(from, from + stored.length, bitsOf(max), out, count, max);
    }
    if (max === 0) return read(0, 0, 0, out, count, 0);
    if (page.end - at < 4) return -1;
    const length = lengthAt(kernel, at);
    const from = at + 4;
    if (length > page.end - from) return -1;
    at = from + length;
    return read(from, at, bitsOf(max), out, count, max);
  };
  if (repetition !== 0 && own(depth.repetitionMax, repetition, levels?.repetition) < 0) return undefined;
  const present = own(depth.definitionMax, definition, levels?.definition);
  return present < 0 ? undefined : { at, present };
}

/** Four bytes as a number. */
function lengthAt(kernel: ColumnKernel, at: number): number {
  const [a, b, c, d] = kernel.bytes(at, 4) as unknown as [number, number, number, number];
  return a + b * 2 ** 8 + c * 2 ** 16 + d * 2 ** 24;
}
