import type { ColumnKernel } from "../../columns/index.ts";
import type { IdHashes } from "./id-set.ts";

/** The distinct members of lists, end to end. */
export interface DistinctLists {
  /** Row `r` owns `members[offsets[r]]` up to `members[offsets[r + 1]]`. */
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}

/**
 * The members of lists by the kernel, repeats within one and texts without a byte left out: as `DistinctNumbers` makes them.
 * Undefined where there is too little room.
 */
export function distinctLists(
  kernel: ColumnKernel,
  offsets: Int32Array,
  members: Int32Array,
  textOffsets: Int32Array,
): DistinctLists | undefined {
  const words = (offsets.length + members.length + textOffsets.length) * 2;
  if (!kernel.hasRoomFor(words * 4)) return undefined;
  kernel.reset();
  const seen = kernel.take(textOffsets.byteLength);
  kernel.words(seen, textOffsets.length).fill(0);
  const [ends, out] = [kernel.take(offsets.byteLength), kernel.take(members.byteLength)];
  const [at, membersAt, textsAt] = [offsets, members, textOffsets].map((part) => kernel.placeWords(part)) as [
    number,
    number,
    number,
  ];
  const count = kernel.run.distinctMembers(at, offsets.length - 1, membersAt, textsAt, seen, ends, out);
  return { offsets: kernel.words(ends, offsets.length).slice(), members: kernel.words(out, count).slice() };
}

/** Whole numbers as texts in the memory of the kernel, and the hashes of these; later work there overwrites both. */
export interface WrittenIds extends IdHashes {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** Digits of the largest whole number that is held exactly. */
const digitsMax = 16;

/** Whole numbers as ids; undefined where one is missing or below zero, or there is too little room. */
export function writeIds(kernel: ColumnKernel, values: Float64Array): WrittenIds | undefined {
  const count = values.length;
  if (!kernel.hasRoomFor(count * (24 + digitsMax))) return undefined;
  kernel.reset();
  const valuesAt = kernel.take(count * 8);
  kernel.numbers(valuesAt, count).set(values);
  const [bytes, offsets] = [kernel.take(count * digitsMax), kernel.take((count + 1) * 4)];
  const [keys, checks] = [kernel.take(count * 8), kernel.take(count * 4)];
  const byteCount = kernel.run.writeIds(valuesAt, count, bytes, offsets, keys, checks);
  if (byteCount < 0) return undefined;
  return {
    bytes: kernel.bytes(bytes, byteCount),
    offsets: kernel.words(offsets, count + 1),
    keys: kernel.numbers(keys, count),
    checks: kernel.words(checks, count),
  };
}
