import { finished, HIGH, highStep, LOW, lowStep } from "../hash53";
import { pointAt, pointBytes } from "../points";
import { at32, at64, atFloat, set32, setFloat } from "../words";
import { hasNoCase } from "./letters";

// The hashes of src/base/hash.ts, and the block keys of src/linkage/blocking/block-keys.ts and single-hashes.ts.

/** Stands for "no key". */
const NO_HASH: f64 = -1;
const RULE_SPAN: u64 = 1 << 49;

/**
 * Hashes the first `pointsMax` code points of each text from `next` on, in lower case by a table of code points where `lower`
 * is not 0. Gives the place of a text with letters that are too rare for the table, or how many texts there are.
 */
export function hashTexts(
  bytes: usize,
  offsets: usize,
  next: i32,
  count: i32,
  lower: usize,
  lowerEnd: i32,
  pointsMax: i32,
  hashes: usize,
): i32 {
  for (let id = next; id < count; id++) {
    const to = bytes + <usize>at32(offsets, id + 1);
    let at = bytes + <usize>at32(offsets, id);
    let high = HIGH;
    let low = LOW;
    let length: i32 = 0;
    for (; at < to && length < pointsMax; length++) {
      let unit = <i32>load<u8>(at);
      if (unit < 128) {
        at++;
        if (lower !== 0 && unit >= 65 && unit <= 90) unit |= 32;
      } else {
        const point = pointAt(at);
        at += pointBytes(unit);
        unit = point;
        if (lower !== 0) {
          if (point < lowerEnd) unit = <i32>load<u16>(lower + ((<usize>point) << 1));
          else if (!hasNoCase(point, lowerEnd)) return id;
        } else if (point > 0xffff) {
          const first = 0xd800 + ((point - 0x10000) >> 10);
          high = highStep(high, first);
          low = lowStep(low, first);
          unit = 0xdc00 + ((point - 0x10000) & 0x3ff);
        }
      }
      high = highStep(high, unit);
      low = lowStep(low, unit);
    }
    setFloat(hashes, id, length === 0 ? NO_HASH : finished(high, low));
  }
  return count;
}

/** Gives each row the hash of its text. */
export function hashesOfRows(ids: usize, count: i32, ofTexts: usize, hashes: usize): void {
  for (let row = 0; row < count; row++) {
    const id = at32(ids, row);
    setFloat(hashes, row, id < 0 ? NO_HASH : atFloat(ofTexts, id));
  }
}

/** Hashes years as they are written, from `next` on. Gives the place of one with more than nine digits, or how many there are. */
export function hashYears(values: usize, next: i32, count: i32, hashes: usize): i32 {
  for (let row = next; row < count; row++) {
    const value = atFloat(values, row);
    if (!(Math.abs(value) <= f64.MAX_VALUE)) {
      setFloat(hashes, row, NO_HASH);
      continue;
    }
    if (Math.abs(value) >= 1e9) return row;
    setFloat(hashes, row, hashOfDigits(<i32>value));
  }
  return count;
}

function hashOfDigits(year: i32): f64 {
  let high = HIGH;
  let low = LOW;
  if (year < 0) {
    high = highStep(high, 45);
    low = lowStep(low, 45);
  }
  const number = abs(year);
  let digit: i32 = 1;
  while (digit * 10 <= number && digit < 100_000_000) digit *= 10;
  for (; digit > 0; digit /= 10) {
    const unit = 48 + ((number / digit) % 10);
    high = highStep(high, unit);
    low = lowStep(low, unit);
  }
  return finished(high, low);
}

function pairHash(first: f64, second: f64): f64 {
  let high = HIGH;
  let low = LOW;
  for (let i = 0; i < 4; i++) {
    const number = <u64>(i < 2 ? first : second);
    const word = <i32>((i & 1) === 0 ? number : number >> 32);
    high = highStep(high, word);
    high ^= high >>> 15;
    low = lowStep(low, word);
    low ^= low >>> 13;
  }
  return finished(high, low);
}

/** Makes one hash of two for each row, in place of the first; none where one is missing. */
export function hashPairs(first: usize, second: usize, count: i32): void {
  for (let row = 0; row < count; row++) {
    const a = atFloat(first, row);
    const b = atFloat(second, row);
    setFloat(first, row, a === NO_HASH || b === NO_HASH ? NO_HASH : pairHash(a, b));
  }
}

/** A number from 0 to 1 for each row from `firstRow` on. */
export function drawRows(first: f64, firstRow: f64, count: i32, draws: usize): void {
  for (let row = 0; row < count; row++) setFloat(draws, row, pairHash(first, firstRow + <f64>row) / 9007199254740992);
}

/** Writes the keys of each row, `hashes` being the address of one array a rule; gives how many they are. */
export function writeKeys(hashes: usize, ruleCount: i32, rowCount: i32, ends: usize, keys: usize): i32 {
  let to: i32 = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let rule = 0; rule < ruleCount; rule++) {
      const hash = atFloat(<usize>at32(hashes, rule), row);
      if (hash !== NO_HASH) setFloat(keys, to++, <f64>(<u64>rule * RULE_SPAN + (<u64>hash & (RULE_SPAN - 1))));
    }
    set32(ends, row, to);
  }
  return to;
}

/** Moves the distinct ones of sorted keys to the front, as floating point numbers, with how often each stands there. */
export function countRuns(keys: usize, count: i32, counts: usize): i32 {
  let size: i32 = 0;
  for (let from = 0, to = 0; from < count; from = to) {
    const key = at64(keys, from);
    for (to = from + 1; to < count && at64(keys, to) === key; ) to++;
    setFloat(keys, size, <f64>key);
    setFloat(counts, size++, <f64>(to - from));
  }
  return size;
}
