import { at32, atFloat, set32, setFloat } from "../words";
import { readHybrid } from "./hybrid";

export { distinctMembers } from "./lists";
export { writeIds } from "./ids";
export { countSampled, takeSampled } from "./sample";
export { snappy } from "./snappy";
export { beginTexts, countBytes, numberSpans, numberTexts, placeTexts } from "./texts";

// The loops of src/records/read/parquet-leaf.ts over one page or one column chunk, which says what each part is for. What is odd in
// a page is left to it: here it only is told.

/** Reads levels, a byte each; gives how many of them are `level`, or -1 for a page that is not whole. */
export function readLevels(from: usize, to: usize, width: i32, out: usize, count: i32, level: i32): i32 {
  if (!readHybrid<u8>(from, to, width, out, count)) return -1;
  let found: i32 = 0;
  for (let i = 0; i < count; i++) found += i32(<i32>load<u8>(out + <usize>i) === level);
  return found;
}

/** Reads places in a dictionary of words and gives each its word. */
export function readWords(from: usize, to: usize, words: usize, size: i32, out: usize, count: i32): bool {
  if (from >= to || !readHybrid<i32>(from + 1, to, <i32>load<u8>(from), out, count)) return false;
  for (let i = 0; i < count; i++) {
    const at = out + ((<usize>i) << 2);
    const place = load<u32>(at);
    if (place >= <u32>size) return false;
    store<i32>(at, at32(words, place));
  }
  return true;
}

/** The same for a dictionary of numbers. The places are read into the front of `out`, and made numbers from the last on. */
export function readNumbers(from: usize, to: usize, numbers: usize, size: i32, out: usize, count: i32): bool {
  if (from >= to || !readHybrid<i32>(from + 1, to, <i32>load<u8>(from), out, count)) return false;
  for (let i = count - 1; i >= 0; i--) {
    const place = load<u32>(out + ((<usize>i) << 2));
    if (place >= <u32>size) return false;
    setFloat(out, i, atFloat(numbers, place));
  }
  return true;
}

const SAFE_MAX: i64 = 9007199254740991;

/** Reads whole numbers of four or eight bytes; false when one of them is not held exactly. */
export function readIntegers(from: usize, width: i32, unsigned: i32, out: usize, count: i32): bool {
  for (let i = 0; i < count; i++) {
    const to = out + ((<usize>i) << 3);
    if (width === 4) {
      const at = from + ((<usize>i) << 2);
      store<f64>(to, unsigned !== 0 ? <f64>load<u32>(at) : <f64>load<i32>(at));
      continue;
    }
    // As a number without sign, what is below zero here is too large as well.
    const value = load<i64>(from + ((<usize>i) << 3));
    if (value > SAFE_MAX || value < (unsigned !== 0 ? 0 : -SAFE_MAX)) return false;
    store<f64>(to, <f64>value);
  }
  return true;
}

/** The single word of each row, `none` where it has none. */
export function spreadWords(definition: usize, count: i32, level: i32, words: usize, none: i32, out: usize): void {
  let from = words;
  for (let i = 0; i < count; i++) {
    const isThere = <i32>load<u8>(definition + <usize>i) === level;
    set32(out, i, isThere ? load<i32>(from) : none);
    if (isThere) from += 4;
  }
}

/** The single number of each row, NaN where it has none. */
export function spreadNumbers(definition: usize, count: i32, level: i32, numbers: usize, out: usize): void {
  let from = numbers;
  for (let i = 0; i < count; i++) {
    const isThere = <i32>load<u8>(definition + <usize>i) === level;
    setFloat(out, i, isThere ? load<f64>(from) : NaN);
    if (isThere) from += 8;
  }
}

/** Where the members of each row's list begin; false when there are not `rowCount` lists. */
export function listOffsets(
  definition: usize,
  repetition: usize,
  count: i32,
  level: i32,
  rowCount: i32,
  offsets: usize,
): bool {
  let row: i32 = 0;
  let to: i32 = 0;
  for (let i = 0; i < count; i++) {
    if (load<u8>(repetition + <usize>i) === 0) {
      if (row === rowCount) return false;
      set32(offsets, row, to);
      row++;
    }
    to += i32(<i32>load<u8>(definition + <usize>i) === level);
  }
  set32(offsets, row, to);
  return row === rowCount;
}
