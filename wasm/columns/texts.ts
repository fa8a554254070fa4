import { areEqual, copyText, hashOf } from "../bytes";
import { at32, set32, word } from "../words";
import { HASHES, OFFSETS, SIZE, SLOT_MASK, SLOTS, TEXTS, TORN } from "./layout";

// TextNumbers of src/columns for the texts of one column chunk. Texts are read and written by sixteen bytes: those behind are the
// caller's to spare.

/** Empties the table. */
export function beginTexts(plan: usize): void {
  store<i32>(plan, 0, SIZE);
  store<i32>(plan, 0, TORN);
  store<i32>(word(plan, OFFSETS), 0);
  memory.fill(word(plan, SLOTS), 0, (word(plan, SLOT_MASK) + 1) << 3);
}

/**
 * Numbers `count` texts that stand one after the other, each behind its length, in order of first appearance. False when one
 * reaches beyond `to`.
 */
export function numberTexts(plan: usize, from: usize, to: usize, count: i32, out: usize): bool {
  let at = from;
  for (let i = 0; i < count; i++) {
    if (to - at < 4) return false;
    const length = <usize>load<u32>(at);
    at += 4;
    if (length > to - at) return false;
    set32(out, i, numberOf(plan, at, length));
    at += length;
  }
  return true;
}

function numberOf(plan: usize, from: usize, length: usize): i32 {
  const slots = word(plan, SLOTS);
  const offsets = word(plan, OFFSETS);
  const mask = (word(plan, SLOT_MASK) << 3) | 7;
  const hash = hashOf(from, length);
  let slot = ((<usize>hash) << 3) & mask;
  while (true) {
    const number = load<i32>(slots + slot, 4) - 1;
    if (number < 0) return append(plan, slots + slot, hash, from, length);
    if (load<i32>(slots + slot) === hash) {
      const offset = offsets + ((<usize>number) << 2);
      const start = <usize>load<i32>(offset);
      if (<usize>load<i32>(offset, 4) - start === length && areEqual(word(plan, TEXTS) + start, from, length))
        return number;
    }
    slot = (slot + 8) & mask;
  }
}

/** The same for texts of which `offsets` tells where they stand. False when these do not ascend, or go beyond `byteCount`. */
export function numberSpans(plan: usize, bytes: usize, byteCount: i32, offsets: usize, count: i32, out: usize): bool {
  let from = load<i32>(offsets);
  if (from < 0) return false;
  for (let i = 0; i < count; i++) {
    const to = load<i32>(offsets + ((<usize>i) << 2), 4);
    if (to < from || to > byteCount) return false;
    set32(out, i, numberOf(plan, bytes + <usize>from, <usize>(to - from)));
    from = to;
  }
  return true;
}

/** As {@link numberTexts}, but each text becomes its place from `base` on. */
export function placeTexts(base: usize, from: usize, to: usize, count: i32, out: usize): bool {
  let at = from;
  for (let i = 0; i < count; i++) {
    if (to - at < 4) return false;
    const length = <usize>load<u32>(at);
    at += 4;
    if (length > to - at) return false;
    set32(out, i, <i32>(at - base));
    at += length;
  }
  return true;
}

function append(plan: usize, slot: usize, hash: i32, from: usize, length: usize): i32 {
  const number = load<i32>(plan, SIZE);
  const offset = word(plan, OFFSETS) + ((<usize>number) << 2);
  const start = load<i32>(offset);
  copyText(word(plan, TEXTS) + <usize>start, from, length);
  if (length > 0 && (load<u8>(from) & 0xc0) === 0x80) store<i32>(plan, 1, TORN);
  store<i32>(offset, start + <i32>length, 4);
  set32(word(plan, HASHES), number, hash);
  store<i32>(slot, hash);
  store<i32>(slot, number + 1, 4);
  store<i32>(plan, number + 1, SIZE);
  if ((<usize>number + 1) << 1 > word(plan, SLOT_MASK)) growSlots(plan);
  return number;
}

function growSlots(plan: usize): void {
  const mask = (word(plan, SLOT_MASK) << 1) | 1;
  const slots = word(plan, SLOTS);
  const hashes = word(plan, HASHES);
  const size = load<i32>(plan, SIZE);
  store<i32>(plan, <i32>mask, SLOT_MASK);
  memory.fill(slots, 0, (mask + 1) << 3);
  for (let number = 0; number < size; number++) {
    const hash = at32(hashes, number);
    let slot = <usize>hash & mask;
    while (load<i32>(slots + (slot << 3), 4) !== 0) slot = (slot + 1) & mask;
    store<i32>(slots + (slot << 3), hash);
    store<i32>(slots + (slot << 3), number + 1, 4);
  }
}

/** How many bytes the texts of so many numbers have, each as often as it comes. */
export function countBytes(offsets: usize, numbers: usize, count: i32): f64 {
  let bytes: i64 = 0;
  for (let i = 0; i < count; i++) {
    const offset = offsets + ((<usize>at32(numbers, i)) << 2);
    bytes += <i64>(load<i32>(offset, 4) - load<i32>(offset));
  }
  return <f64>bytes;
}
