import { jaro, setPattern } from "./jaro";
import {
  DETAIL,
  ENTRY_BYTES,
  ENTRY_LENGTH,
  ENTRY_PREFIX,
  ENTRY_START,
  LEFT_ENTRY,
  LEFT_ID,
  NEEDED,
  STEP_COUNT,
  STEPS,
  TABLE,
  TILE,
  TILE_IDS,
  VALUES,
} from "./layout";

function at32(from: usize, index: i32): i32 {
  return load<i32>(from + ((<usize>index) << 2));
}

/** Notes the level of a comparison in the pattern of the k-th pair. */
function addLevel(patterns: usize, k: i32, level: i32, shift: i32): void {
  const at = patterns + ((<usize>k) << 2);
  store<i32>(at, load<i32>(at) | (level << shift));
}

/** One more for each step that is reached. */
function reached(comparison: usize, value: f64): i32 {
  const steps = <usize>load<i32>(comparison, STEPS);
  const count = load<i32>(comparison, STEP_COUNT);
  let level: i32 = 1;
  for (let t = 0; t < count; t++) level += i32(value >= load<f64>(steps + ((<usize>t) << 3)));
  return level;
}

// --- exact -----------------------------------------------------------------------------------------------------------

export function loadExact(comparison: usize, record: i32, place: i32): void {
  store<i32>(
    <usize>load<i32>(comparison, TILE) + ((<usize>place) << 2),
    at32(<usize>load<i32>(comparison, VALUES), record),
  );
}

export function compareExact(
  comparison: usize,
  left: i32,
  alive: usize,
  count: i32,
  patterns: usize,
  shift: i32,
): void {
  const tile = <usize>load<i32>(comparison, TILE);
  const own = at32(<usize>load<i32>(comparison, VALUES), left);
  for (let k = 0; k < count; k++) {
    const id = at32(tile, at32(alive, k));
    addLevel(patterns, k, id < 0 || own < 0 ? 0 : 1 + i32(id === own), shift);
  }
}

// --- difference ------------------------------------------------------------------------------------------------------

export function loadDifference(comparison: usize, record: i32, place: i32): void {
  const values = <usize>load<i32>(comparison, VALUES);
  store<f64>(<usize>load<i32>(comparison, TILE) + ((<usize>place) << 3), load<f64>(values + ((<usize>record) << 3)));
}

export function compareDifference(
  comparison: usize,
  left: i32,
  alive: usize,
  count: i32,
  patterns: usize,
  shift: i32,
): void {
  const tile = <usize>load<i32>(comparison, TILE);
  const steps = <usize>load<i32>(comparison, STEPS);
  const stepCount = load<i32>(comparison, STEP_COUNT);
  const own = load<f64>(<usize>load<i32>(comparison, VALUES) + ((<usize>left) << 3));
  for (let k = 0; k < count; k++) {
    const apart = Math.abs(load<f64>(tile + ((<usize>at32(alive, k)) << 3)) - own);
    let level = i32(apart >= 0);
    for (let t = 0; t < stepCount; t++) level += i32(apart <= load<f64>(steps + ((<usize>t) << 3)));
    addLevel(patterns, k, level, shift);
  }
}

// --- intersection ----------------------------------------------------------------------------------------------------

export function loadIntersection(comparison: usize, record: i32, place: i32): void {
  const starts = <usize>load<i32>(comparison, VALUES);
  const tile = <usize>load<i32>(comparison, TILE) + ((<usize>place) << 4);
  store<u64>(tile, load<u64>(<usize>load<i32>(comparison, DETAIL) + ((<usize>record) << 3)));
  store<i32>(tile, at32(starts, record), 8);
  store<i32>(tile, at32(starts, record + 1), 12);
}

export function compareIntersection(
  comparison: usize,
  left: i32,
  alive: usize,
  count: i32,
  patterns: usize,
  shift: i32,
): void {
  const tile = <usize>load<i32>(comparison, TILE);
  const starts = <usize>load<i32>(comparison, VALUES);
  const members = <usize>load<i32>(comparison, TABLE);
  const from = at32(starts, left);
  const to = at32(starts, left + 1);
  const signature = load<u64>(<usize>load<i32>(comparison, DETAIL) + ((<usize>left) << 3));
  const nothing = reached(comparison, 0);
  for (let k = 0; k < count; k++) {
    const other = tile + ((<usize>at32(alive, k)) << 4);
    const otherFrom = load<i32>(other, 8);
    const otherTo = load<i32>(other, 12);
    let level = nothing;
    if (from === to || otherFrom === otherTo) level = 0;
    else if ((load<u64>(other) & signature) !== 0)
      level = reached(comparison, <f64>commonMembers(members, from, to, otherFrom, otherTo));
    addLevel(patterns, k, level, shift);
  }
}

/** Members that two ascending lists share. */
function commonMembers(members: usize, fromA: i32, toA: i32, fromB: i32, toB: i32): i32 {
  let a = members + ((<usize>fromA) << 2);
  let b = members + ((<usize>fromB) << 2);
  const endA = members + ((<usize>toA) << 2);
  const endB = members + ((<usize>toB) << 2);
  let common: i32 = 0;
  while (a < endA && b < endB) {
    const left = load<i32>(a);
    const right = load<i32>(b);
    common += i32(left === right);
    a += (<usize>i32(left <= right)) << 2;
    b += (<usize>i32(right <= left)) << 2;
  }
  return common;
}

// --- Jaro-Winkler ----------------------------------------------------------------------------------------------------

export function loadTexts(comparison: usize, record: i32, place: i32): void {
  const id = at32(<usize>load<i32>(comparison, VALUES), record);
  store<i32>(<usize>load<i32>(comparison, TILE_IDS) + ((<usize>place) << 2), id);
  if (id < 0) return;
  copyEntry(comparison, id, <usize>load<i32>(comparison, TILE) + <usize>place * ENTRY_BYTES);
}

function copyEntry(comparison: usize, id: i32, to: usize): void {
  const from = <usize>load<i32>(comparison, TABLE) + <usize>id * ENTRY_BYTES;
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
}

export function compareTexts(
  comparison: usize,
  left: i32,
  alive: usize,
  count: i32,
  patterns: usize,
  shift: i32,
): void {
  const own = at32(<usize>load<i32>(comparison, VALUES), left);
  if (own < 0) return;
  const entry = <usize>load<i32>(comparison, LEFT_ENTRY);
  store<i32>(comparison, own, LEFT_ID);
  copyEntry(comparison, own, entry);
  const tile = <usize>load<i32>(comparison, TILE);
  const tileIds = <usize>load<i32>(comparison, TILE_IDS);
  const needed = <usize>load<i32>(comparison, NEEDED);
  const equal = load<i32>(comparison, STEP_COUNT) + 2;
  const bagA = load<u64>(entry);
  const bagB = load<u64>(entry, 8);
  const prefix = load<u64>(entry, ENTRY_PREFIX);
  const length = load<i32>(entry, ENTRY_LENGTH);
  for (let k = 0; k < count; k++) {
    const place = at32(alive, k);
    const id = at32(tileIds, place);
    if (id === own || id < 0) {
      addLevel(patterns, k, id < 0 ? 0 : equal, shift);
      continue;
    }
    const other = tile + <usize>place * ENTRY_BYTES;
    const otherLength = load<i32>(other, ENTRY_LENGTH);
    const shorter = min(length, otherLength);
    // Equal symbols of the first four: each is 16 bits of the words' difference.
    const same = min(<i32>(ctz(load<u64>(other, ENTRY_PREFIX) ^ prefix) >> 4), shorter);
    const bound = load<f64>(needed + ((<usize>same) << 3)) * <f64>(length * otherLength);
    const both = <f64>(length + otherLength);
    const otherA = load<u64>(other);
    const otherB = load<u64>(other, 8);
    const lack = <i32>(popcnt(bagA & ~otherA) + popcnt(bagB & ~otherB));
    const otherLack = <i32>(popcnt(otherA & ~bagA) + popcnt(otherB & ~bagB));
    if (<f64>min(length - lack, otherLength - otherLack) * both < bound) {
      addLevel(patterns, k, 1, shift);
      continue;
    }
    setPattern(comparison);
    const commonMin = <i32>Math.ceil(bound / both);
    let similarity = shorter === 0 ? 0 : jaro(comparison, load<i32>(other, ENTRY_START), otherLength, commonMin);
    if (similarity > 0.7) similarity += <f64>same * 0.1 * (1 - similarity);
    addLevel(patterns, k, reached(comparison, similarity), shift);
  }
}
