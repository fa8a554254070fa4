import { areEqual, firstBytes, hashOf } from "../bytes";
import { pointAt, pointBytes, writePoint } from "../points";
import { at32, set32, word } from "../words";
import {
  ENTRY_BYTES,
  ENTRY_EXCESS,
  ENTRY_LENGTH,
  ENTRY_PREFIX,
  ENTRY_START,
  TEXTS_BYTES,
  TEXTS_COUNT,
  TEXTS_FAR,
  TEXTS_LOWER,
  TEXTS_LOWER_END,
  TEXTS_NEXT,
  TEXTS_NUMBERS,
  TEXTS_OFFSETS,
  TEXTS_SIZE,
  TEXTS_SLOT_MASK,
  TEXTS_SLOTS,
  TEXTS_TO_BYTES,
  TEXTS_TO_OFFSETS,
} from "./layout";
import { hasNoCase } from "./letters";

// The tables of src/linkage/engine/distinct-texts.ts, alphabet.ts and text-table.ts, which say what each part is for. Texts
// are read and written by eight bytes: those behind a text are the caller's to spare.

/** The same byte eight times. */
function eightOf(byte: u64): u64 {
  const four = byte | (byte << 8) | (byte << 16) | (byte << 24);
  return four | (four << 32);
}

/** Eight ASCII letters as lower case. */
function lowerEight(bytes: u64): u64 {
  const upper = (bytes + eightOf(0x80 - 0x41)) & ~(bytes + eightOf(0x80 - 0x5b)) & eightOf(0x80);
  return bytes | (upper >> 2);
}

/** Writes a text in lower case and gives where it ends; 0 for one with rarer letters. As lowerUtf8 of letters.ts. */
function writeLower(from: usize, to: usize, out: usize, table: usize, tableEnd: i32): usize {
  let end = out;
  let at = from;
  while (at < to) {
    const left = to - at;
    let bytes = load<u64>(at);
    if (left < 8) bytes = firstBytes(bytes, left);
    const beyond = bytes & eightOf(0x80);
    const plain = min(beyond === 0 ? <usize>8 : <usize>(ctz(beyond) >> 3), left);
    if (plain > 0) {
      store<u64>(end, lowerEight(plain < 8 ? firstBytes(bytes, plain) : bytes));
      at += plain;
      end += plain;
      continue;
    }
    const point = pointAt(at);
    at += pointBytes(<i32>load<u8>(at));
    if (point < tableEnd) end = writePoint(<i32>load<u16>(table + ((<usize>point) << 1)), end);
    else if (hasNoCase(point, tableEnd)) end = writePoint(point, end);
    else return 0;
  }
  return end;
}

/** By eight, unlike copyText of wasm/bytes.ts: {@link numberWritten} notes how far behind a text bytes are written. */
function copyByEight(from: usize, to: usize, out: usize): void {
  const length = to - from;
  if (length > 256) {
    memory.copy(out, from, length);
    return;
  }
  for (let at: usize = 0; at < length; at += 8) store<u64>(out + at, load<u64>(from + at));
}

/** The number of a text that was written behind the last one, where it stays if it is new. */
export function numberWritten(plan: usize, length: usize): i32 {
  const texts = word(plan, TEXTS_TO_BYTES);
  const offsets = word(plan, TEXTS_TO_OFFSETS);
  const slots = word(plan, TEXTS_SLOTS);
  const mask = load<i32>(plan, TEXTS_SLOT_MASK);
  const size = load<i32>(plan, TEXTS_SIZE);
  const start = at32(offsets, size);
  const written = texts + <usize>start;
  // Bytes are written by eight.
  const far = start + <i32>length + 8;
  if (far > load<i32>(plan, TEXTS_FAR)) store<i32>(plan, far, TEXTS_FAR);
  const hash = hashOf(written, length);
  let at = slots + ((<usize>(hash & mask)) << 3);
  while (load<i32>(at, 4) !== 0) {
    if (load<i32>(at) === hash) {
      const number = load<i32>(at, 4) - 1;
      const known = at32(offsets, number);
      if (<usize>(at32(offsets, number + 1) - known) === length && areEqual(texts + <usize>known, written, length))
        return number;
    }
    at = slots + ((at - slots + 8) & (((<usize>mask) << 3) | 7));
  }
  store<i32>(at, hash);
  store<i32>(at, size + 1, 4);
  store<i32>(offsets + ((<usize>size) << 2), start + <i32>length, 4);
  store<i32>(plan, size + 1, TEXTS_SIZE);
  return size;
}

/**
 * Numbers texts so that equal ones have one number, from TEXTS_NEXT on. Gives the place of a text whose letters are too rare
 * for the table, for the caller to write and to number by {@link numberWritten}; or how many texts there are.
 */
export function numberTexts(plan: usize): i32 {
  const bytes = word(plan, TEXTS_BYTES);
  const offsets = word(plan, TEXTS_OFFSETS);
  const numbers = word(plan, TEXTS_NUMBERS);
  const lower = word(plan, TEXTS_LOWER);
  const lowerEnd = load<i32>(plan, TEXTS_LOWER_END);
  const texts = word(plan, TEXTS_TO_BYTES);
  const ownOffsets = word(plan, TEXTS_TO_OFFSETS);
  const count = load<i32>(plan, TEXTS_COUNT);
  let id = load<i32>(plan, TEXTS_NEXT);
  for (; id < count; id++) {
    const from = bytes + <usize>at32(offsets, id);
    const to = bytes + <usize>at32(offsets, id + 1);
    const out = texts + <usize>at32(ownOffsets, load<i32>(plan, TEXTS_SIZE));
    let length = to - from;
    if (lower === 0) copyByEight(from, to, out);
    else {
      const end = writeLower(from, to, out, lower, lowerEnd);
      if (end === 0) break;
      length = end - out;
    }
    set32(numbers, id, numberWritten(plan, length));
  }
  store<i32>(plan, id + 1, TEXTS_NEXT);
  return id;
}

/** Gives each row the number of its text; less than 0 stays as it is. */
export function renumber(ids: usize, count: i32, numbers: usize, out: usize): i32 {
  for (let i = 0; i < count; i++) {
    const id = at32(ids, i);
    set32(out, i, id < 0 ? id : at32(numbers, id));
  }
  return count;
}

/** Counts the code points of texts, `lengthMax` of each; gives the one after the last. */
export function countPoints(texts: usize, offsets: usize, count: i32, lengthMax: i32, counts: usize): i32 {
  let pointEnd: i32 = 0;
  for (let id = 0; id < count; id++) {
    let at = texts + <usize>at32(offsets, id);
    const to = texts + <usize>at32(offsets, id + 1);
    for (let length = 0; at < to && length < lengthMax; length++) {
      const byte = <i32>load<u8>(at);
      const point = byte < 128 ? byte : pointAt(at);
      at += byte < 128 ? 1 : pointBytes(byte);
      pointEnd = max(pointEnd, point + 1);
      const counter = counts + ((<usize>point) << 2);
      store<i32>(counter, load<i32>(counter) + 1);
    }
  }
  return pointEnd;
}

/** Puts the points that were counted to the front: two words each, point and count. Gives how many these are. */
export function gatherPoints(counts: usize, pointEnd: i32, out: usize): i32 {
  let size: i32 = 0;
  for (let point = 0; point < pointEnd; point++) {
    const count = at32(counts, point);
    if (count === 0) continue;
    store<i32>(out + ((<usize>size) << 3), point);
    store<i32>(out + ((<usize>size) << 3), count, 4);
    size++;
  }
  return size;
}

/** A byte a symbol, of as many as are looked at. */
export function roomOfSymbols(offsets: usize, count: i32, lengthMax: i32): i32 {
  let room: i32 = 0;
  for (let id = 0; id < count; id++) room += min(at32(offsets, id + 1) - at32(offsets, id), lengthMax);
  return room;
}

/** Bits of a class in a bag; the first half of the classes have theirs below bit 63. */
const DEPTH: i32 = 3;
const CLASSES: i32 = 42;
const HALF_BITS: i32 = 63;

/** Writes the symbols of all texts and an entry for each; gives how many symbols these are. */
export function writeEntries(
  texts: usize,
  offsets: usize,
  count: i32,
  lengthMax: i32,
  symbolByPoint: usize,
  entries: usize,
  symbols: usize,
): i32 {
  let start: i32 = 0;
  for (let id = 0; id < count; id++) {
    const to = texts + <usize>at32(offsets, id + 1);
    const entry = entries + <usize>id * ENTRY_BYTES;
    const own = symbols + ((<usize>start) << 1);
    let low: u64 = 0;
    let high: u64 = 0;
    let length: i32 = 0;
    for (let at = texts + <usize>at32(offsets, id); at < to && length < lengthMax; length++) {
      const byte = <i32>load<u8>(at);
      const point = byte < 128 ? byte : pointAt(at);
      at += byte < 128 ? 1 : pointBytes(byte);
      const symbol = <i32>load<u16>(symbolByPoint + ((<usize>point) << 1));
      store<u16>(own + ((<usize>length) << 1), symbol);
      if (length < 4) store<u16>(entry + ((<usize>length) << 1), symbol, ENTRY_PREFIX);
      // The bits of a class fill from the lowest: adding one to them gives the next, and nothing when all are set.
      const bit = <i32>(<u32>symbol % <u32>CLASSES) * DEPTH;
      if (bit < HALF_BITS) low |= ((((low >> <u64>bit) & 7) + 1) & 7) << (<u64>bit);
      else high |= ((((high >> <u64>(bit - HALF_BITS)) & 7) + 1) & 7) << (<u64>(bit - HALF_BITS));
    }
    store<u64>(entry, low | (high << HALF_BITS));
    store<u64>(entry, high >> 1, 8);
    store<u16>(entry, length, ENTRY_LENGTH);
    store<u16>(entry, length - <i32>(popcnt(low) + popcnt(high)), ENTRY_EXCESS);
    store<i32>(entry, start, ENTRY_START);
    start += length;
  }
  return start;
}
