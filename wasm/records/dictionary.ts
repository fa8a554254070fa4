import {
  ENTRIES,
  ENTRY_BYTES,
  ENTRY_COUNT,
  ENTRY_HEAD,
  ENTRY_LENGTH,
  ENTRY_OWNER,
  ENTRY_START,
  OWNER_SHIFT,
  SLOT_MASK,
  SLOTS,
  TEXT_BYTES,
  TEXTS,
} from "./layout";

/** The entry of these bytes, a new one when they were not seen before. */
export function addText(plan: usize, column: i32, kind: i32, from: usize, length: i32): i32 {
  const owner = (column << OWNER_SHIFT) | kind;
  return entryOf(plan, hashOf(from, length, owner), owner, from, length);
}

function entryOf(plan: usize, hash: i32, owner: i32, from: usize, length: i32): i32 {
  const mask = load<i32>(plan, SLOT_MASK);
  const slots = <usize>load<i32>(plan, SLOTS);
  const entries = <usize>load<i32>(plan, ENTRIES);
  let slot = slots + ((<usize>(hash & mask)) << 3);
  while (true) {
    const known = load<i32>(slot, 4);
    if (known === 0) break;
    if (load<i32>(slot) === hash && isEntry(entries + <usize>(known - 1) * ENTRY_BYTES, owner, from, length))
      return known - 1;
    slot = slots + ((slot - slots + 8) & (((<usize>mask) << 3) | 7));
  }
  const count = load<i32>(plan, ENTRY_COUNT);
  store<i32>(slot, hash);
  store<i32>(slot, count + 1, 4);
  append(plan, entries + <usize>count * ENTRY_BYTES, owner, from, length);
  store<i32>(plan, count + 1, ENTRY_COUNT);
  return count;
}

// Texts wait in a queue, so that the memory of many is asked for at once: each alone waits for its slot and its entry.
const QUEUE_MAX: i32 = 64;
const QUEUED_OWNER: usize = 0;
const QUEUED_FROM: usize = 4;
const QUEUED_LENGTH: usize = 8;
const QUEUED_TARGET: usize = 12;
const QUEUED_HASH: usize = 16;
/** Keeps what was loaded only to bring memory near. */
const QUEUED_TOUCHED: usize = 20;
const QUEUED_BYTES: usize = 24;
const queue: usize = memory.data(1536);
let queued: i32 = 0;

/** Has the entry of these bytes written to `target`, at the latest by {@link settleTexts}. */
export function queueText(plan: usize, column: i32, kind: i32, from: usize, length: i32, target: usize): void {
  if (queued === QUEUE_MAX) settleTexts(plan);
  const at = queue + <usize>queued * QUEUED_BYTES;
  store<i32>(at, (column << OWNER_SHIFT) | kind, QUEUED_OWNER);
  store<i32>(at, <i32>from, QUEUED_FROM);
  store<i32>(at, length, QUEUED_LENGTH);
  store<i32>(at, <i32>target, QUEUED_TARGET);
  queued++;
}

/** Forgets the texts that wait. */
export function dropTexts(): void {
  queued = 0;
}

/** Writes the entries of the texts that wait. */
export function settleTexts(plan: usize): void {
  const mask = load<i32>(plan, SLOT_MASK);
  const slots = <usize>load<i32>(plan, SLOTS);
  const entries = <usize>load<i32>(plan, ENTRIES);
  const end = queue + <usize>queued * QUEUED_BYTES;
  for (let at = queue; at < end; at += QUEUED_BYTES) {
    const hash = hashOf(load<u32>(at, QUEUED_FROM), load<i32>(at, QUEUED_LENGTH), load<i32>(at, QUEUED_OWNER));
    store<i32>(at, hash, QUEUED_HASH);
    store<i32>(at, load<i32>(slots + ((<usize>(hash & mask)) << 3), 4), QUEUED_TOUCHED);
  }
  for (let at = queue; at < end; at += QUEUED_BYTES) {
    const known = load<i32>(at, QUEUED_TOUCHED);
    if (known !== 0) store<i32>(at, load<i32>(entries + <usize>(known - 1) * ENTRY_BYTES), QUEUED_TOUCHED);
  }
  for (let at = queue; at < end; at += QUEUED_BYTES) {
    const owner = load<i32>(at, QUEUED_OWNER);
    const from = <usize>load<u32>(at, QUEUED_FROM);
    const entry = entryOf(plan, load<i32>(at, QUEUED_HASH), owner, from, load<i32>(at, QUEUED_LENGTH));
    store<i32>(<usize>load<u32>(at, QUEUED_TARGET), entry);
  }
  queued = 0;
}

function isEntry(entry: usize, owner: i32, from: usize, length: i32): bool {
  if (load<i32>(entry, ENTRY_OWNER) !== owner || load<i32>(entry, ENTRY_LENGTH) !== length) return false;
  if (length > 16) return areEqual(<usize>load<i32>(entry, ENTRY_START), from, length);
  const different = ~i8x16.bitmask(i8x16.eq(v128.load(entry, ENTRY_HEAD), v128.load(from)));
  return (different & ((1 << length) - 1)) === 0;
}

/** Sixteen bytes at a time: what is copied too much is overwritten by the next text, or lies behind the last. */
function append(plan: usize, entry: usize, owner: i32, from: usize, length: i32): void {
  const used = load<i32>(plan, TEXT_BYTES);
  const start = <usize>(load<i32>(plan, TEXTS) + used);
  store<i32>(entry, <i32>start, ENTRY_START);
  store<i32>(entry, length, ENTRY_LENGTH);
  store<i32>(entry, owner, ENTRY_OWNER);
  v128.store(entry, v128.load(from), ENTRY_HEAD);
  for (let at: usize = 0; at < <usize>length; at += 16) v128.store(start + at, v128.load(from + at));
  // A byte between texts, so that all of them together are UTF-8 only when each is.
  store<u8>(start + <usize>length, 0);
  store<i32>(plan, used + length + 1, TEXT_BYTES);
}

const FACTOR: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;

/** Eight bytes at a time, two of them side by side, those behind the end blotted out. */
function hashOf(from: usize, length: i32, owner: i32): i32 {
  let hash = ((<u64>owner) << 32) | <u64>length;
  let beside = FACTOR;
  let at = from;
  let left = length;
  for (; left > 16; left -= 16) {
    hash = (hash ^ load<u64>(at)) * FACTOR;
    beside = (beside ^ load<u64>(at, 8)) * FACTOR;
    hash ^= hash >> 29;
    beside ^= beside >> 31;
    at += 16;
  }
  if (left > 8) {
    hash = (hash ^ load<u64>(at)) * FACTOR;
    hash ^= hash >> 29;
    at += 8;
    left -= 8;
  }
  if (left > 0) hash = hash ^ (load<u64>(at) & (~(<u64>0) >> ((<u64>(8 - left)) << 3)));
  hash = (hash + rotl<u64>(beside, 23)) * FACTOR;
  return <i32>(hash >> 32) ^ <i32>(hash >> 17);
}

/** Eight bytes at a time; both may be read beyond their end. */
export function areEqual(a: usize, b: usize, length: i32): bool {
  let left = length;
  let atA = a;
  let atB = b;
  for (; left > 8; left -= 8) {
    if (load<u64>(atA) !== load<u64>(atB)) return false;
    atA += 8;
    atB += 8;
  }
  if (left <= 0) return true;
  return (load<u64>(atA) ^ load<u64>(atB)) << ((<u64>(8 - left)) << 3) === 0;
}
