import {
  DETAIL,
  LEFT_ENTRY,
  ENTRY_LENGTH,
  ENTRY_START,
  PATTERN_AT,
  PATTERN_ID,
  LEFT_ID,
  PLACES,
  SCRATCH,
} from "./layout";

/** Texts longer than a word of places are compared symbol by symbol. */
const WORD: i32 = 64;

/** Makes the left text the pattern, unless it is already: for each symbol the places where it stands, as bits. */
export function setPattern(comparison: usize): void {
  const id = load<i32>(comparison, LEFT_ID);
  if (load<i32>(comparison, PATTERN_ID) === id) return;
  const places = <usize>load<i32>(comparison, PLACES);
  const symbols = <usize>load<i32>(comparison, DETAIL);
  const pattern = <usize>load<i32>(comparison, PATTERN_AT);
  // The old pattern is taken out again, so that nothing needs to be cleared.
  if (load<i32>(comparison, PATTERN_ID) >= 0) {
    const length = load<i32>(pattern, 4);
    if (length <= WORD) {
      const at = symbols + ((<usize>load<i32>(pattern)) << 1);
      for (let i = 0; i < length; i++) store<u64>(places + ((<usize>load<u16>(at + ((<usize>i) << 1))) << 3), 0);
    }
  }
  const left = <usize>load<i32>(comparison, LEFT_ENTRY);
  const length = <i32>load<u16>(left, ENTRY_LENGTH);
  const start = load<i32>(left, ENTRY_START);
  store<i32>(pattern, start);
  store<i32>(pattern, length, 4);
  store<i32>(comparison, id, PATTERN_ID);
  if (length > WORD) return;
  const at = symbols + ((<usize>start) << 1);
  for (let i = 0; i < length; i++) {
    const place = places + ((<usize>load<u16>(at + ((<usize>i) << 1))) << 3);
    store<u64>(place, load<u64>(place) | ((<u64>1) << (<u64>i)));
  }
}

/** Jaro similarity of the pattern with another text, neither of them empty; 0 when they share fewer than `commonMin` symbols. */
export function jaro(comparison: usize, start: i32, length: i32, commonMin: i32): f64 {
  const pattern = <usize>load<i32>(comparison, PATTERN_AT);
  const symbols = <usize>load<i32>(comparison, DETAIL);
  const own = load<i32>(pattern, 4);
  const left = symbols + ((<usize>load<i32>(pattern)) << 1);
  const right = symbols + ((<usize>start) << 1);
  const scratch = <usize>load<i32>(comparison, SCRATCH);
  if (own > WORD) return byFlags(left, own, right, length, scratch);
  return byBits(<usize>load<i32>(comparison, PLACES), left, own, right, length, scratch, commonMin);
}

function similarityOf(common: i32, moved: i32, lengthA: i32, lengthB: i32): f64 {
  const shared = <f64>common;
  return (shared / <f64>lengthA + shared / <f64>lengthB + (shared - <f64>(moved >> 1)) / shared) / 3;
}

function byBits(places: usize, left: usize, own: i32, right: usize, length: i32, matched: usize, commonMin: i32): f64 {
  const reach = max(0, (max(own, length) >> 1) - 1);
  const last = min(length, own + reach);
  let free: u64 = u64.MAX_VALUE;
  let common: i32 = 0;
  // Places from j - reach to j + reach.
  let near: u64 = reach < 63 ? ((<u64>2) << (<u64>reach)) - 1 : u64.MAX_VALUE;
  let j: i32 = 0;
  for (const whole = min(last, reach); j < whole; j++) {
    const symbol = load<u16>(right + ((<usize>j) << 1));
    const found = load<u64>(places + ((<usize>symbol) << 3)) & free & near;
    near = (near << 1) | 1;
    store<u16>(matched + ((<usize>common) << 1), symbol);
    common += i32(found !== 0);
    free &= ~(found & (0 - found));
  }
  for (; j < last; j++) {
    const symbol = load<u16>(right + ((<usize>j) << 1));
    const found = load<u64>(places + ((<usize>symbol) << 3)) & free & near;
    near <<= 1;
    store<u16>(matched + ((<usize>common) << 1), symbol);
    common += i32(found !== 0);
    free &= ~(found & (0 - found));
  }
  if (common < commonMin || common === 0) return 0;
  let taken = ~free;
  let moved: i32 = 0;
  for (let t = 0; t < common; t++) {
    const place = <usize>ctz(taken);
    taken &= taken - 1;
    moved += i32(load<u16>(left + (place << 1)) !== load<u16>(matched + ((<usize>t) << 1)));
  }
  return similarityOf(common, moved, own, length);
}

/** A flag a symbol: the left text's in the first half of the scratch, the right one's in the second. */
function byFlags(left: usize, own: i32, right: usize, length: i32, scratch: usize): f64 {
  const reach = max(0, (max(own, length) >> 1) - 1);
  const other = scratch + 1024;
  memory.fill(scratch, 0, <usize>own);
  memory.fill(other, 0, <usize>length);
  let common: i32 = 0;
  for (let i = 0; i < own; i++) {
    const symbol = load<u16>(left + ((<usize>i) << 1));
    const to = min(length - 1, i + reach);
    for (let j = max(0, i - reach); j <= to; j++) {
      if (load<u8>(other + j) !== 0 || load<u16>(right + ((<usize>j) << 1)) !== symbol) continue;
      store<u8>(scratch + i, 1);
      store<u8>(other + j, 1);
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  let moved: i32 = 0;
  for (let i = 0, j = 0; i < own; i++) {
    if (load<u8>(scratch + i) === 0) continue;
    while (load<u8>(other + j) === 0) j++;
    moved += i32(load<u16>(left + ((<usize>i) << 1)) !== load<u16>(right + ((<usize>j) << 1)));
    j++;
  }
  return similarityOf(common, moved, own, length);
}
