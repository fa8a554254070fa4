import { isUtf8 } from "node:buffer";
import type { ColumnMetaData } from "hyparquet";
import { type ColumnKernel, KernelTextNumbers, TextNumbers, type Utf8Texts } from "../../columns/index.ts";
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
  // Each text has four bytes for its length, and what is in a dictionary comes at least once.
  const textsMax = Math.min(Math.ceil(byteCount / 4), Number(column.num_values));
  const numbers = KernelTextNumbers.begin(kernel, textsMax, byteCount);
  if (numbers === undefined) return undefined;
  let [bytesRead, textsRead] = [0, 0];
  const leaf = readKernelLeaf(kernel, chunk.bytes, column, depth, chunk.expand, {
    width: 4,
    keepsPages: false,
    plain: (from, to, count, out) => {
      bytesRead += to - from;
      textsRead += count;
      if (bytesRead > byteCount || textsRead > textsMax) return false;
      return kernel.run.numberTexts(numbers.at, from, to, count, out) === 1;
    },
  });
  if (leaf === undefined || numbers.isTorn) return undefined;
  const own = numbers.texts();
  if (!isUtf8(own.bytes)) return undefined;
  const bytesOfRows = kernel.run.countBytes(numbers.offsetsAt, leaf.values, leaf.present);
  if (known !== undefined) renumber(kernel, leaf, own, known);
  return columnOf(kernel, chunk, leaf, known ?? TextNumbers.of(own), bytesOfRows);
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
    const numbers = kernel.words(leaf.values, leaf.present).slice();
    return { kind: "lists", texts, offsets: kernel.words(offsets, rowCount + 1).slice(), numbers };
  }
  return { kind: "texts", texts, numbers: kernel.words(spread(kernel, depth, leaf), leaf.count).slice(), byteCount };
}

/** Where the offsets of the lists are. */
function offsetsOf(
  kernel: ColumnKernel,
  { definitionMax }: LeafDepth,
  { count, definition, repetition }: KernelLeaf,
  rowCount: number,
): number | undefined {
  if (!kernel.hasRoomFor(rowCount * 4)) return undefined;
  const at = kernel.take((rowCount + 1) * 4);
  return kernel.run.listOffsets(definition, repetition, count, definitionMax, rowCount, at) === 1 ? at : undefined;
}

/** Where the values of all rows are. */
function spread(
  kernel: ColumnKernel,
  { definitionMax }: LeafDepth,
  { count, definition, values, present }: KernelLeaf,
): number {
  if (present === count) return values;
  const out = kernel.take(count * 4);
  kernel.run.spreadWords(definition, count, definitionMax, values, noText, out);
  return out;
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
  if (leaf.repetition === 0) {
    const sample = takeSampled(kernel, spread(kernel, depth, leaf), leaf.count, 0, picked);
    return sample && { kind: "texts", ...sample };
  }
  const starts = offsetsOf(kernel, depth, leaf, rowCount);
  if (starts === undefined) return undefined;
  const sample = takeSampled(kernel, leaf.values, leaf.present, starts, picked);
  return sample && { kind: "lists", offsets: kernel.words(starts, rowCount + 1).slice(), ...sample };
}

/** The texts at the places of picked rows; undefined when they are not all UTF-8, or too many. */
function takeSampled(
  kernel: ColumnKernel,
  places: number,
  placeCount: number,
  starts: number,
  picked: Int32Array,
): { readonly texts: TextNumbers; readonly numbers: Int32Array } | undefined {
  const { run } = kernel;
  const pickedAt = kernel.placeWords(picked);
  const byteCount = run.countSampled(places, starts, pickedAt, picked.length);
  if (byteCount >= 2 ** 31 || !kernel.hasRoomFor(byteCount + placeCount * 8)) return undefined;
  const [bytes, offsets, numbers] = [
    kernel.take(byteCount),
    kernel.take((placeCount + 1) * 4),
    kernel.take(placeCount * 4),
  ];
  kernel.words(numbers, placeCount).fill(noText);
  const size = run.takeSampled(places, starts, pickedAt, picked.length, bytes, offsets, numbers);
  const texts = TextNumbers.of({
    bytes: kernel.bytes(bytes, byteCount).slice(),
    offsets: kernel.words(offsets, size + 1).slice(),
  });
  return texts.isUtf8() ? { texts, numbers: kernel.words(numbers, placeCount).slice() } : undefined;
}
