import { type KernelExports, openKernel } from "../../../base/index.ts";
import type { TextColumn } from "../../../columns/index.ts";
import { pointsBySymbol, symbolsDistinctMax } from "../alphabet.ts";
import type { Arena, Placed } from "../arena.ts";
import type { NumberedTexts } from "../distinct-texts.ts";
import { asLists, type Lists, type ListTable, membersMax, signatureWords } from "../list-table.ts";
import { plainTables, type TableMaker } from "../table-maker.ts";
import { entryWords, symbolsMax, type TextTable } from "../text-table.ts";
import { withScratch } from "./scratch.ts";
import { type NumberedInArena, numberingBytes, numberTexts, sizesOf } from "./number-texts.ts";

type TableKernel = KernelExports<
  | "numberTexts"
  | "numberWritten"
  | "renumber"
  | "countPoints"
  | "gatherPoints"
  | "roomOfSymbols"
  | "writeEntries"
  | "writeLists"
>;

/** Code points that UTF-8 can write, valid or not. */
const pointsMax = 2 ** 21;
const pointsRoom = pointsMax * 4 * 3;
const spareRoom = 65_536;

/**
 * Makes tables with the kernel `wasm/linkage`, the same as {@link plainTables} makes: loops that run once over a column are
 * compiled before they begin. In TypeScript where the kernel is not built, or the arena is too small to work in it.
 */
export function kernelTables(arena: Arena): TableMaker {
  const plain = plainTables(arena);
  const kernel: TableKernel | undefined = openKernel("linkage", arena.memory);
  if (kernel === undefined) return plain;
  return {
    ids: (columns, lower) =>
      withScratch(arena, idBytes(columns), numberingBytes(columns) + idBytes(columns), (scratch) =>
        placeIds(kernel, columns, numberTexts(kernel, columns, lower, scratch), arena, scratch),
      ) ?? plain.ids(columns, lower),
    texts: (columns, lower) => {
      const { count, byteCount } = sizesOf(columns);
      const room = idBytes(columns) + count * entryWords * 4 + byteCount * 2;
      const needed = room + numberingBytes(columns) + pointsRoom;
      return (
        withScratch(arena, room, needed, (scratch) => makeTexts(kernel, columns, lower, arena, scratch, byteCount)) ??
        plain.texts(columns, lower)
      );
    },
    lists: (columns, lower) => {
      const lists = columns.map(asLists);
      const numbered = lists.map(({ dictionary, values }) => ({ dictionary, ids: values }));
      const room = lists.reduce((sum, { offsets, values }) => sum + offsets.length * 20 + values.length * 4, spareRoom);
      return (
        withScratch(arena, room, room + numberingBytes(numbered), (scratch) =>
          makeLists(kernel, lists, numberTexts(kernel, numbered, lower, scratch), arena, scratch),
        ) ?? plain.lists(columns, lower)
      );
    },
  };
}

function idBytes(columns: readonly TextColumn[]): number {
  return columns.reduce((sum, { ids }) => sum + ids.length * 4, spareRoom);
}

function placeIds(
  kernel: TableKernel,
  columns: readonly NumberedTexts[],
  { numbersOfColumns }: NumberedInArena,
  arena: Arena,
  scratch: Arena,
): Placed<Int32Array> {
  const placed = arena.int32(columns.reduce((sum, { ids }) => sum + ids.length, 0));
  let row = 0;
  for (const [c, { ids }] of columns.entries()) {
    const numbers = numbersOfColumns[c] as Placed<Int32Array>;
    kernel.renumber(scratch.int32Of(ids).at, ids.length, numbers.at, placed.at + row * 4);
    row += ids.length;
  }
  return placed;
}

function makeTexts(
  kernel: TableKernel,
  columns: readonly TextColumn[],
  lower: boolean,
  arena: Arena,
  scratch: Arena,
  symbolsRoom: number,
): TextTable | undefined {
  const numbered = numberTexts(kernel, columns, lower, scratch);
  const { bytesAt, offsetsAt, size } = numbered;
  const counts = scratch.int32(pointsMax);
  const pointEnd = kernel.countPoints(bytesAt, offsetsAt, size, symbolsMax, counts.at);
  scratch.takeBackFrom(counts.at + pointEnd * 4);
  const gathered = scratch.int32(pointEnd * 2);
  const alphabetSize = kernel.gatherPoints(counts.at, pointEnd, gathered.at);
  scratch.takeBackFrom(gathered.at + alphabetSize * 8);
  const symbolCount = kernel.roomOfSymbols(offsetsAt, size, symbolsMax);
  // Letters that take more bytes as lower case might need more room than is left before the scratch memory.
  if (alphabetSize > symbolsDistinctMax || symbolCount > symbolsRoom) return undefined;
  const symbolByPoint = scratch.uint16(pointEnd);
  pointsBySymbol(countedPoints(gathered.values, alphabetSize)).forEach((point, symbol) => {
    symbolByPoint.values[point] = symbol;
  });
  const entries = arena.int32(size * entryWords);
  const symbols = arena.uint16(symbolCount);
  kernel.writeEntries(bytesAt, offsetsAt, size, symbolsMax, symbolByPoint.at, entries.at, symbols.at);
  return { ids: placeIds(kernel, columns, numbered, arena, scratch), entries, symbols, alphabetSize };
}

function countedPoints(gathered: Int32Array, size: number): [point: number, count: number][] {
  return Array.from({ length: size }, (_, i) => [gathered[i * 2] as number, gathered[i * 2 + 1] as number]);
}

function makeLists(
  kernel: TableKernel,
  lists: readonly Lists[],
  { numbersOfColumns }: NumberedInArena,
  arena: Arena,
  scratch: Arena,
): ListTable {
  const recordCount = lists.reduce((sum, { offsets }) => sum + offsets.length - 1, 0);
  const starts = arena.int32(recordCount + 1);
  const signatures = arena.int32(recordCount * signatureWords);
  const members = arena.int32(lists.reduce((sum, { values }) => sum + values.length, 0));
  let record = 0;
  let end = 0;
  for (const [c, { offsets, values }] of lists.entries()) {
    end = kernel.writeLists(
      scratch.int32Of(offsets).at,
      scratch.int32Of(values).at,
      offsets.length - 1,
      (numbersOfColumns[c] as Placed<Int32Array>).at,
      membersMax,
      record,
      end,
      starts.at,
      members.at,
      signatures.at,
    );
    record += offsets.length - 1;
  }
  return { starts, signatures, members: { at: members.at, values: members.values.subarray(0, end) } };
}
