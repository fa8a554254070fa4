import type { KernelExports } from "../../../base/index.ts";
import { decodeUtf8, encodeUtf8, type Utf8Texts, utf8Of } from "../../../columns/index.ts";
import { lowerLetters, lowerTable } from "../../compare/index.ts";
import type { Arena, Placed } from "../arena.ts";
import type { NumberedTexts } from "../distinct-texts.ts";
import { textsPlace as at, textsPlanBytes } from "./layout.ts";
import { Struct } from "./struct.ts";

/** What of the kernel numbers texts. */
export type NumberingKernel = KernelExports<"numberTexts" | "numberWritten">;

/** Distinct texts in an arena, and for each column the numbers of its dictionary's texts among them. */
export interface NumberedInArena {
  readonly bytesAt: number;
  readonly offsetsAt: number;
  readonly size: number;
  readonly numbersOfColumns: readonly Placed<Int32Array>[];
}

/** Texts are read and written by eight bytes. */
const spareBytes = 16;
/** A byte of a text in lower case has room for three. */
const lowerGrowth = 3;

/** How many bytes {@link numberTexts} takes at most. */
export function numberingBytes(columns: readonly NumberedTexts[]): number {
  const { count, byteCount } = sizesOf(columns);
  return (count + 16) * 40 + byteCount * (lowerGrowth + 1) + 65_536;
}

/** The numbering of `distinctTexts`, by the kernel. */
export function numberTexts(
  kernel: NumberingKernel,
  columns: readonly NumberedTexts[],
  lower: boolean,
  scratch: Arena,
): NumberedInArena {
  const columnsOfTexts = columns.map(({ dictionary }) => utf8Of(dictionary));
  const { count, byteCount } = sizesOf(columns);
  const plan = new Struct(scratch, textsPlanBytes);
  const slotCount = 2 ** Math.ceil(Math.log2(Math.max(count * 1.5, 16)));
  const offsets = scratch.int32(count + 1);
  const table = lower ? lowerTable() : undefined;
  const placedTable = table && scratch.uint16(table.length);
  placedTable?.values.set(table as Uint16Array);
  plan.set({
    [at.textsLower]: placedTable?.at ?? 0,
    [at.textsLowerEnd]: table?.length ?? 0,
    [at.textsToOffsets]: offsets.at,
    [at.textsSlots]: scratch.int32(slotCount * 2).at,
    [at.textsSlotMask]: slotCount - 1,
  });
  const placed = columnsOfTexts.map((texts) => placeTexts(texts, scratch));
  // Last, so that what of it is never written to is given back.
  const bytes = scratch.uint8(byteCount * lowerGrowth + spareBytes);
  plan.set({ [at.textsToBytes]: bytes.at });
  for (const [c, texts] of columnsOfTexts.entries()) {
    const { bytesAt, offsetsAt, numbers } = placed[c] as PlacedTexts;
    plan.set({
      [at.textsBytes]: bytesAt,
      [at.textsOffsets]: offsetsAt,
      [at.textsNumbers]: numbers.at,
      [at.textsCount]: numbers.values.length,
      [at.textsNext]: 0,
    });
    const end = (): number => offsets.values[plan.get(at.textsSize)] as number;
    for (let id = kernel.numberTexts(plan.at); id < numbers.values.length; id = kernel.numberTexts(plan.at)) {
      const rare = lowerOf(texts, id);
      bytes.values.set(rare, end());
      numbers.values[id] = kernel.numberWritten(plan.at, rare.length);
    }
  }
  scratch.takeBackFrom(bytes.at + plan.get(at.textsFar) + spareBytes);
  return {
    bytesAt: bytes.at,
    offsetsAt: offsets.at,
    size: plan.get(at.textsSize),
    numbersOfColumns: placed.map(({ numbers }) => numbers),
  };
}

/** How many texts the dictionaries of some columns have, and how many bytes these. */
export function sizesOf(columns: readonly NumberedTexts[]): { readonly count: number; readonly byteCount: number } {
  return {
    count: columns.reduce((sum, { dictionary }) => sum + dictionary.size, 0),
    byteCount: columns.reduce((sum, { dictionary }) => sum + utf8Of(dictionary).bytes.length, 0),
  };
}

interface PlacedTexts {
  readonly bytesAt: number;
  readonly offsetsAt: number;
  readonly numbers: Placed<Int32Array>;
}

function placeTexts({ bytes, offsets }: Utf8Texts, scratch: Arena): PlacedTexts {
  const placed = scratch.uint8(bytes.length + spareBytes);
  placed.values.set(bytes);
  return {
    bytesAt: placed.at,
    offsetsAt: scratch.int32Of(offsets).at,
    numbers: scratch.int32(offsets.length - 1),
  };
}

function lowerOf({ bytes, offsets }: Utf8Texts, id: number): Uint8Array {
  return encodeUtf8([lowerLetters(decodeUtf8(bytes, offsets[id] as number, offsets[id + 1] as number))]).bytes;
}
