import { finished, HIGH, highStep, LOW, lowStep } from "../hash53";
import { atFloat, setFloat } from "../words";

const SAFE_MAX: f64 = 9007199254740991;

/**
 * Writes whole numbers as their digits, end to end, with what src/base/hash.ts makes of these: the key and the check of
 * src/records/ingest/id-set.ts. Gives how many bytes these are, or -1 when one of the numbers is missing or below zero.
 */
export function writeIds(values: usize, count: i32, bytes: usize, offsets: usize, keys: usize, checks: usize): i32 {
  let end = bytes;
  store<i32>(offsets, 0);
  for (let i = 0; i < count; i++) {
    const value = atFloat(values, i);
    if (!(value >= 0 && value <= SAFE_MAX)) return -1;
    const from = end;
    end = writeDigits(<u64>value, from);
    store<i32>(offsets + ((<usize>i) << 2), <i32>(end - bytes), 4);
    setFloat(keys, i, hashOf(from, end, 0) + 1);
    store<u32>(checks + ((<usize>i) << 2), <u32>(<u64>hashOf(from, end, 1)));
  }
  return <i32>(end - bytes);
}

function writeDigits(value: u64, to: usize): usize {
  let length: usize = 1;
  for (let rest = value; rest > 9; rest /= 10) length++;
  let rest = value;
  for (let at = to + length; at > to; rest /= 10) store<u8>(--at, 48 + <i32>(rest % 10));
  return to + length;
}

/** Of digits alone. */
function hashOf(from: usize, to: usize, seed: i32): f64 {
  let high = HIGH ^ seed;
  let low = LOW ^ seed;
  for (let at = from; at < to; at++) {
    const unit = <i32>load<u8>(at);
    high = highStep(high, unit);
    low = lowStep(low, unit);
  }
  return finished(high, low);
}
