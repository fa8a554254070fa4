import { isUtf8 } from "node:buffer";
import type { ColumnMetaData } from "hyparquet";
import { TextNumbers, type Utf8Texts } from "../../columns/index.ts";
import type { ColumnKernel } from "./column-kernel.ts";
import { type KernelLeaf, readKernelLeaf } from "./parquet-kernel-leaf.ts";
import type { LeafDepth } from "./parquet-leaf.ts";
import type { Expand } from "./parquet-pages.ts";
import { noText, type RawColumn } from "./raw-columns.ts";

/** A column chunk, and how it is read. */
export interface ColumnChunk {
  readonly bytes: Uint8Array;
  readonly column: ColumnMetaData;
  readonly depth: LeafDepth;
  readonly expand: Expand | undefined;
  readonly rowCount: number;
}

/** Where the plan of `wasm/columns/layout.ts` has its parts. */
const planPlace = { texts: 0, offsets: 1, hashes: 2, slots: 3, slotMask: 4, size: 5, torn: 6 } as const;
const planBytes = 32;
const firstSlots = 4096;

/** Whole numbers by the kernel: as `readIntegers` gives them, undefined for what is left to it. */
export function integersByKernel(
  kernel: ColumnKernel,
  { bytes, column, depth, expand }: ColumnChunk,
  unsigned: boolean,
): RawColumn | undefined {
  kernel.reset();
  const width = column.type === "INT64" ? 8 : 4;
  const leaf = readKernelLeaf(kernel, bytes, column, depth, expand, {
    width: 8,
    keepsPages: false,
    plain: (at, end, count, out) =>
      at + count * width <= end && kernel.run.readIntegers(at, width, unsigned ? 1 : 0, out, count) === 1,
  });
  if (leaf === undefined) return undefined;
  const { count, definition, present } = leaf;
  if (present === count) return { kind: "integers", values: kernel.numbers(leaf.values, count).slice() };
  const out = kernel.take(count * 8);
  kernel.run.spreadNumbers(definition, count, depth.definitionMax, leaf.values, out);
  return { kind: "integers", values: kernel.numbers(out, count).slice() };
}

/**
 * Texts by the kernel, under the numbers that `known` texts and the order of first appearance give them; undefined for what is
 * odd, too large, or not UTF-8.
 */
export function textsByKernel(
  kernel: ColumnKernel,
  chunk: ColumnChunk,
  known: TextNumbers | undefined,
): RawColumn | undefined {
  kernel.reset();
  const { column, depth } = chunk;
  const byteCount = Number(column.total_uncompressed_size);
  // Each text has four bytes for its length.
  const textsMax = Math.ceil(byteCount / 4) + 1;
  const slotsMax = 2 ** Math.ceil(Math.log2(Math.max(firstSlots, textsMax * 4)));
  if (!kernel.hasRoomFor(byteCount + textsMax * 8 + slotsMax * 8)) return undefined;
  const at = kernel.take(planBytes);
  const plan = kernel.words(at, planBytes / 4);
  plan[planPlace.texts] = kernel.take(byteCount);
  plan[planPlace.offsets] = kernel.take((textsMax + 1) * 4);
  plan[planPlace.hashes] = kernel.take(textsMax * 4);
  plan[planPlace.slots] = kernel.take(slotsMax * 8);
  plan[planPlace.slotMask] = firstSlots - 1;
  kernel.run.beginTexts(at);
  let read = 0;
  const leaf = readKernelLeaf(kernel, chunk.bytes, column, depth, chunk.expand, {
    width: 4,
    keepsPages: false,
    plain: (from, to, texts, out) => {
      read += to - from;
      return read <= byteCount && kernel.run.numberTexts(at, from, to, texts, out) === 1;
    },
  });
  if (leaf === undefined || plan[planPlace.torn] !== 0) return undefined;
  const size = plan[planPlace.size] as number;
  const offsets = kernel.words(plan[planPlace.offsets] as number, size + 1).slice();
  const bytes = kernel.bytes(plan[planPlace.texts] as number, offsets[size] as number).slice();
  if (!isUtf8(bytes)) return undefined;
  const byteCountOfRows = kernel.run.countBytes(plan[planPlace.offsets] as number, leaf.values, leaf.present);
  if (known !== undefined) renumber(kernel, leaf, { bytes, offsets }, known);
  return columnOf(kernel, chunk, leaf, known ?? TextNumbers.of({ bytes, offsets }), byteCountOfRows);
}

function renumber(kernel: ColumnKernel, leaf: KernelLeaf, { bytes, offsets }: Utf8Texts, known: TextNumbers): void {
  const numbers = new Int32Array(offsets.length - 1);
  for (let i = 0; i < numbers.length; i++)
    numbers[i] = known.numberOf(bytes, offsets[i] as number, offsets[i + 1] as number);
  const values = kernel.words(leaf.values, leaf.present);
  for (let i = 0; i < values.length; i++) values[i] = numbers[values[i] as number] as number;
}

function columnOf(
  kernel: ColumnKernel,
  { depth, rowCount }: ColumnChunk,
  leaf: KernelLeaf,
  texts: TextNumbers,
  byteCount: number,
): RawColumn | undefined {
  if (leaf.repetition !== 0) {
    const offsets = offsetsOf(kernel, depth, leaf, rowCount);
    if (offsets === undefined) return undefined;
    return { kind: "lists", texts, offsets, numbers: kernel.words(leaf.values, leaf.present).slice() };
  }
  return { kind: "texts", texts, numbers: spread(kernel, depth, leaf).slice(), byteCount };
}

function offsetsOf(
  kernel: ColumnKernel,
  { definitionMax }: LeafDepth,
  { count, definition, repetition }: KernelLeaf,
  rowCount: number,
): Int32Array | undefined {
  if (!kernel.hasRoomFor(rowCount * 4)) return undefined;
  const at = kernel.take((rowCount + 1) * 4);
  const isWhole = kernel.run.listOffsets(definition, repetition, count, definitionMax, rowCount, at) === 1;
  return isWhole ? kernel.words(at, rowCount + 1).slice() : undefined;
}

function spread(
  kernel: ColumnKernel,
  { definitionMax }: LeafDepth,
  { count, definition, values, present }: KernelLeaf,
): Int32Array {
  if (present === count) return kernel.words(values, count);
  const out = kernel.take(count * 4);
  kernel.run.spreadWords(definition, count, definitionMax, values, noText, out);
  return kernel.words(out, count);
}

/** The texts of the picked rows alone, as `readSampledTexts` gives them; undefined for what is left to it. */
export function sampledTextsByKernel(
  kernel: ColumnKernel,
  chunk: ColumnChunk,
  picked: Int32Array,
): RawColumn | undefined {
  kernel.reset();
  const { depth, rowCount } = chunk;
  const leaf = readKernelLeaf(kernel, chunk.bytes, chunk.column, depth, chunk.expand, {
    width: 4,
    keepsPages: true,
    plain: (from, to, count, out) => to < 2 ** 31 && kernel.run.placeTexts(0, from, to, count, out) === 1,
  });
  if (leaf === undefined) return undefined;
  const texts = new TextNumbers();
  const all = kernel.bytes(0, kernel.mark);
  const lengths = new DataView(all.buffer);
  const numberOf = (place: number): number =>
    place === noText ? noText : texts.append(all, place, place + lengths.getUint32(place - 4, true));
  const column = leaf.repetition === 0 ? sampledSingles() : sampledLists(leaf);
  return column !== undefined && texts.isUtf8() ? column : undefined;

  function sampledSingles(): RawColumn {
    const places = spread(kernel, depth, leaf as KernelLeaf);
    const numbers = new Int32Array(places.length).fill(noText);
    for (const row of picked) numbers[row] = numberOf(places[row] as number);
    return { kind: "texts", texts, numbers };
  }

  function sampledLists({ values, present }: KernelLeaf): RawColumn | undefined {
    const offsets = offsetsOf(kernel, depth, leaf as KernelLeaf, rowCount);
    if (offsets === undefined) return undefined;
    const places = kernel.words(values, present);
    const numbers = new Int32Array(present).fill(noText);
    for (const row of picked) {
      for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++)
        numbers[at] = numberOf(places[at] as number);
    }
    return { kind: "lists", texts, offsets, numbers };
  }
}
