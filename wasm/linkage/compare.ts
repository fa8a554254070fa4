import { at32, atFloat, set32, setFloat } from "../words";
import { jaro, setPattern } from "./jaro";
import {
  COMMON_MIN,
  DETAIL,
  DIFFERENCE,
  ENTRY_BYTES,
  ENTRY_EXCESS,
  ENTRY_LENGTH,
  ENTRY_PREFIX,
  ENTRY_START,
  EXACT,
  INTERSECTION,
  JARO_WINKLER,
  KIND,
  LEFT_ENTRY,
  LEFT_ID,
  LIST_BYTES,
  LIST_FROM,
  LIST_MEMBERS,
  LIST_MEMBERS_MAX,
  LIST_TO,
  NEEDED,
  SHORT_MAX,
  STEP_COUNT,
  STEPS,
  TABLE,
  TILE,
  TILE_IDS,
  VALUES,
} from "./layout";

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
  for (let t = 0; t < count; t++) level += i32(value >= atFloat(steps, t));
  return level;
}

/** Whether the first `count` places of the tile hold one value. */
export function isUniform(comparison: usize, count: i32): bool {
  const kind = load<i32>(comparison, KIND);
  if (kind === INTERSECTION) return false;
  const tile = <usize>load<i32>(comparison, TILE);
  if (kind === DIFFERENCE) {
    const first = load<u64>(tile);
    for (let place = 1; place < count; place++) if (load<u64>(tile + ((<usize>place) << 3)) !== first) return false;
    return true;
  }
  const ids = kind === EXACT ? tile : <usize>load<i32>(comparison, TILE_IDS);
  const first = load<i32>(ids);
  for (let place = 1; place < count; place++) if (at32(ids, place) !== first) return false;
  return true;
}

/** The level of a record with each of a uniform tile; -1 where only a look at its texts can tell. */
export function uniformLevel(comparison: usize, left: i32): i32 {
  const kind = load<i32>(comparison, KIND);
  const tile = <usize>load<i32>(comparison, TILE);
  const values = <usize>load<i32>(comparison, VALUES);
  if (kind === DIFFERENCE) return differenceLevel(comparison, load<f64>(tile), atFloat(values, left));
  const own = at32(values, left);
  const id = load<i32>(kind === EXACT ? tile : <usize>load<i32>(comparison, TILE_IDS));
  if (own < 0 || id < 0) return 0;
  if (kind === EXACT) return 1 + i32(id === own);
  return id === own ? load<i32>(comparison, STEP_COUNT) + 2 : -1;
}

/** Reads what a comparison reads of a left record, for nothing but to have it near. */
export function fetchLane(comparison: usize, record: i32): void {
  const kind = load<i32>(comparison, KIND);
  const values = <usize>load<i32>(comparison, VALUES);
  if (kind === JARO_WINKLER) {
    const id = at32(values, record);
    if (id >= 0) load<i32>(<usize>load<i32>(comparison, TABLE) + <usize>id * ENTRY_BYTES);
  } else if (kind === INTERSECTION) {
    at32(<usize>load<i32>(comparison, TABLE), at32(values, record));
    load<i32>(<usize>load<i32>(comparison, DETAIL) + ((<usize>record) << 4));
  } else at32(values, kind === EXACT ? record : record << 1);
}

// --- exact -----------------------------------------------------------------------------------------------------------

export function loadExact(comparison: usize, record: i32, place: i32): void {
  set32(<usize>load<i32>(comparison, TILE), place, at32(<usize>load<i32>(comparison, VALUES), record));
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
  setFloat(<usize>load<i32>(comparison, TILE), place, atFloat(values, record));
}

function differenceLevel(comparison: usize, value: f64, own: f64): i32 {
  const steps = <usize>load<i32>(comparison, STEPS);
  const stepCount = load<i32>(comparison, STEP_COUNT);
  const apart = Math.abs(value - own);
  let level = i32(apart >= 0);
  for (let t = 0; t < stepCount; t++) level += i32(apart <= atFloat(steps, t));
  return level;
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
  const own = atFloat(<usize>load<i32>(comparison, VALUES), left);
  const stepCount = load<i32>(comparison, STEP_COUNT);
  if (stepCount > 3) {
    for (let k = 0; k < count; k++) {
      const value = atFloat(tile, at32(alive, k));
      addLevel(patterns, k, differenceLevel(comparison, value, own), shift);
    }
    return;
  }
  // Nothing is at most NaN away.
  const steps = <usize>load<i32>(comparison, STEPS);
  const first = load<f64>(steps);
  const second = stepCount > 1 ? load<f64>(steps, 8) : f64.NaN;
  const third = stepCount > 2 ? load<f64>(steps, 16) : f64.NaN;
  for (let k = 0; k < count; k++) {
    const apart = Math.abs(atFloat(tile, at32(alive, k)) - own);
    const level = i32(apart >= 0) + i32(apart <= first) + i32(apart <= second) + i32(apart <= third);
    addLevel(patterns, k, level, shift);
  }
}

// --- intersection ----------------------------------------------------------------------------------------------------

export function loadIntersection(comparison: usize, record: i32, place: i32): void {
  const starts = <usize>load<i32>(comparison, VALUES);
  const tile = <usize>load<i32>(comparison, TILE) + <usize>place * LIST_BYTES;
  const from = at32(starts, record);
  const to = at32(starts, record + 1);
  v128.store(tile, v128.load(<usize>load<i32>(comparison, DETAIL) + ((<usize>record) << 4)));
  store<i32>(tile, from, LIST_FROM);
  store<i32>(tile, to, LIST_TO);
  if (to - from > LIST_MEMBERS_MAX) return;
  const none = i32x4.splat(-1);
  v128.store(tile, none, LIST_MEMBERS);
  v128.store(tile, none, LIST_MEMBERS + 16);
  const members = <usize>load<i32>(comparison, TABLE);
  for (let at = from; at < to; at++) store<i32>(tile + ((<usize>(at - from)) << 2), at32(members, at), LIST_MEMBERS);
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
  if (from === to) return;
  const signature = v128.load(<usize>load<i32>(comparison, DETAIL) + ((<usize>left) << 4));
  const nothing = reached(comparison, 0);
  for (let k = 0; k < count; k++) {
    const other = tile + <usize>at32(alive, k) * LIST_BYTES;
    const otherFrom = load<i32>(other, LIST_FROM);
    const otherTo = load<i32>(other, LIST_TO);
    let level = otherFrom === otherTo ? 0 : nothing;
    if (v128.any_true(v128.and(v128.load(other), signature))) {
      const common =
        otherTo - otherFrom <= LIST_MEMBERS_MAX
          ? commonWithShort(members, from, to, other)
          : commonMembers(members, from, to, otherFrom, otherTo);
      level = reached(comparison, <f64>common);
    }
    addLevel(patterns, k, level, shift);
  }
}

/** Members of a list that are in a short one, which lies in the tile. */
function commonWithShort(members: usize, from: i32, to: i32, other: usize): i32 {
  const first = v128.load(other, LIST_MEMBERS);
  const second = v128.load(other, LIST_MEMBERS + 16);
  let common: i32 = 0;
  for (let at = from; at < to; at++) {
    const member = i32x4.splat(at32(members, at));
    common += i32(v128.any_true(v128.or(i32x4.eq(member, first), i32x4.eq(member, second))));
  }
  return common;
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
  set32(<usize>load<i32>(comparison, TILE_IDS), place, id);
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
  const length = <i32>load<u16>(entry, ENTRY_LENGTH);
  const excess = <i32>load<u16>(entry, ENTRY_EXCESS);
  const commonMins = <usize>load<i32>(comparison, COMMON_MIN) + <usize>(length << 6);
  for (let k = 0; k < count; k++) {
    const place = at32(alive, k);
    const id = at32(tileIds, place);
    if (id === own || id < 0) {
      addLevel(patterns, k, id < 0 ? 0 : equal, shift);
      continue;
    }
    const other = tile + <usize>place * ENTRY_BYTES;
    const otherLength = <i32>load<u16>(other, ENTRY_LENGTH);
    const shorter = min(length, otherLength);
    // Equal symbols of the first four: each is 16 bits of the words' difference.
    const same = min(<i32>(ctz(load<u64>(other, ENTRY_PREFIX) ^ prefix) >> 4), shorter);
    const commonMin =
      max(length, otherLength) < SHORT_MAX
        ? <i32>load<u8>(commonMins + <usize>((same << 12) + otherLength))
        : <i32>Math.ceil((atFloat(needed, same) * <f64>(length * otherLength)) / <f64>(length + otherLength));
    // Symbols of which both bags have one, and all those that the bags do not hold.
    const common =
      <i32>(popcnt(bagA & load<u64>(other)) + popcnt(bagB & load<u64>(other, 8))) +
      min(excess, <i32>load<u16>(other, ENTRY_EXCESS));
    if (common < commonMin) {
      addLevel(patterns, k, 1, shift);
      continue;
    }
    setPattern(comparison);
    let similarity = shorter === 0 ? 0 : jaro(comparison, load<i32>(other, ENTRY_START), otherLength, commonMin);
    if (similarity > 0.7) similarity += <f64>same * 0.1 * (1 - similarity);
    addLevel(patterns, k, reached(comparison, similarity), shift);
  }
}
