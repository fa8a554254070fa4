import { at32, at64, set32, set64 } from "../words";
import { DIGIT_BITS, DIGITS } from "./layout";

// The blocks of src/linkage/engine/pair-space.ts and dense-keys.ts, which say what each part is for.

const DIGIT_COUNT: i32 = 1 << DIGIT_BITS;
/** How many bits of a key say which of its rule's it is; as ruleSpan. */
const RULE_SHIFT: u64 = 49;

function digitOf(key: u64, digit: i32): i32 {
  return <i32>(key >> <u64>(digit * DIGIT_BITS)) & (DIGIT_COUNT - 1);
}

/**
 * Sorts keys, whole numbers below 2^53, digit by digit as src/base/counting-sort.ts does, with their places where `places` is
 * not 0. They are 64-bit floating point numbers and become whole ones; `spare` and `sparePlaces` have as much room, `counts`
 * room for the digits. Gives 1 where the sorted ones are in the spare room.
 */
export function sortKeys(keys: usize, places: usize, count: i32, spare: usize, sparePlaces: usize, counts: usize): i32 {
  memory.fill(counts, 0, (<usize>(DIGITS * DIGIT_COUNT)) << 2);
  for (let i = 0; i < count; i++) {
    const at = keys + ((<usize>i) << 3);
    const key = <u64>load<f64>(at);
    store<u64>(at, key);
    if (places !== 0) set32(places, i, i);
    for (let digit = 0; digit < DIGITS; digit++) {
      const counter = (digit << DIGIT_BITS) + digitOf(key, digit);
      set32(counts, counter, at32(counts, counter) + 1);
    }
  }
  let isSpare: i32 = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const from = isSpare !== 0 ? spare : keys;
    const next = counts + ((<usize>(digit << DIGIT_BITS)) << 2);
    if (count === 0 || at32(next, digitOf(load<u64>(from), digit)) === count) continue;
    let before: i32 = 0;
    for (let d = 0; d < DIGIT_COUNT; d++) {
      const ofDigit = at32(next, d);
      set32(next, d, before);
      before += ofDigit;
    }
    const to = isSpare !== 0 ? keys : spare;
    const fromPlaces = isSpare !== 0 ? sparePlaces : places;
    const toPlaces = isSpare !== 0 ? places : sparePlaces;
    if (places === 0) moveKeys(from, to, next, count, digit);
    else moveKeysAndPlaces(from, to, fromPlaces, toPlaces, next, count, digit);
    isSpare = 1 - isSpare;
  }
  return isSpare;
}

function moveKeys(from: usize, to: usize, next: usize, count: i32, digit: i32): void {
  for (let i = 0; i < count; i++) {
    const key = at64(from, i);
    const d = digitOf(key, digit);
    const place = at32(next, d);
    set32(next, d, place + 1);
    set64(to, place, key);
  }
}

function moveKeysAndPlaces(
  from: usize,
  to: usize,
  fromPlaces: usize,
  toPlaces: usize,
  next: usize,
  count: i32,
  digit: i32,
): void {
  for (let i = 0; i < count; i++) {
    const key = at64(from, i);
    const d = digitOf(key, digit);
    const place = at32(next, d);
    set32(next, d, place + 1);
    set64(to, place, key);
    set32(toPlaces, place, at32(fromPlaces, i));
  }
}

/** Notes for the place of each key the source of its record. */
export function sourcesOfPlaces(source: usize, keyStarts: usize, recordCount: i32, sources: usize): void {
  for (let record = 0; record < recordCount; record++) {
    const from = at32(keyStarts, record);
    memory.fill(sources + <usize>from, load<u8>(source + record), <usize>(at32(keyStarts, record + 1) - from));
  }
}

/**
 * Numbers the sorted keys that several places have, and where `sources` is not 0 places of several sources; the others become
 * -1. The keys themselves are moved to the front, and how many places each has is noted. Gives how many they are.
 */
export function numberKeys(
  keys: usize,
  places: usize,
  count: i32,
  sources: usize,
  numbers: usize,
  placeCounts: usize,
): i32 {
  let size: i32 = 0;
  for (let from = 0, to = 0; from < count; from = to) {
    const key = at64(keys, from);
    const source = sources === 0 ? 0 : load<u8>(sources + <usize>at32(places, from));
    let isPaired: i32 = 0;
    for (to = from + 1; to < count && at64(keys, to) === key; to++)
      isPaired |= i32(sources === 0 || load<u8>(sources + <usize>at32(places, to)) !== source);
    const number = isPaired !== 0 ? size : -1;
    for (let i = from; i < to; i++) set32(numbers, at32(places, i), number);
    if (isPaired === 0) continue;
    set64(keys, size, key);
    set32(placeCounts, size, to - from);
    size++;
  }
  return size;
}

/** Writes the numbers of each record's keys that make pairs; gives how many they are. */
export function placeKeys(shardStarts: usize, numbers: usize, recordCount: i32, keyStarts: usize, keys: usize): i32 {
  let to: i32 = 0;
  for (let record = 0; record < recordCount; record++) {
    const end = at32(shardStarts, record + 1);
    for (let at = at32(shardStarts, record); at < end; at++) {
      const number = at32(numbers, at);
      if (number >= 0) set32(keys, to++, number);
    }
    set32(keyStarts, record + 1, to);
  }
  return to;
}

/** Writes the blocks of those numbered keys that are the shard's own, and where the members of each begin; gives how many. */
export function placeBlocks(
  keys: usize,
  placeCounts: usize,
  keyCount: i32,
  shardIndex: i32,
  shardCount: i32,
  fromRule: i32,
  blockStarts: usize,
  blockKeys: usize,
  blockRules: usize,
  next: usize,
): i32 {
  let block: i32 = 0;
  for (let number = 0; number < keyCount; number++) {
    const key = at64(keys, number);
    const rule = <i32>(key >> RULE_SHIFT);
    const isOwn = rule >= fromRule && <i32>(key % <u64>shardCount) === shardIndex;
    set32(next, number, isOwn ? at32(blockStarts, block) : -1);
    if (!isOwn) continue;
    set32(blockStarts, block + 1, at32(blockStarts, block) + at32(placeCounts, number));
    set32(blockKeys, block, number);
    store<u8>(blockRules + <usize>block, rule);
    block++;
  }
  return block;
}

/** Puts each record into its blocks, with the key before the block's among its own: -1 for none, -2 for several. */
export function placeMembers(
  keyStarts: usize,
  keys: usize,
  recordCount: i32,
  next: usize,
  members: usize,
  earlier: usize,
): void {
  for (let record = 0; record < recordCount; record++) {
    const from = at32(keyStarts, record);
    const end = at32(keyStarts, record + 1);
    let before: i32 = -1;
    for (let at = from; at < end; at++) {
      const key = at32(keys, at);
      const to = at32(next, key);
      if (to >= 0) {
        set32(members, to, record);
        set32(earlier, to, before);
        set32(next, key, to + 1);
      }
      before = at === from ? key : -2;
    }
  }
}
