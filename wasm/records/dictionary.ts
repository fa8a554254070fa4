import {
  ENTRIES,
  ENTRY_BYTES,
  ENTRY_COUNT,
  ENTRY_HASH,
  ENTRY_LENGTH,
  ENTRY_OWNER,
  ENTRY_START,
  LOOKED_UP_BYTES_MAX,
  OWNER_SHIFT,
  SLOT_MASK,
  SLOTS,
  TEXT_BYTES,
  TEXTS,
} from "./layout";

/** The entry of these bytes, a new one when they were not seen before or are long. */
export function addText(plan: usize, column: i32, kind: i32, from: usize, length: i32): i32 {
  const owner = (column << OWNER_SHIFT) | kind;
  if (length > LOOKED_UP_BYTES_MAX) return append(plan, 0, owner, from, length);
  const hash = hashOf(from, length, owner);
  const mask = load<i32>(plan, SLOT_MASK);
  const slots = <usize>load<i32>(plan, SLOTS);
  const entries = <usize>load<i32>(plan, ENTRIES);
  let slot = hash & mask;
  for (;;) {
    const known = load<i32>(slots + ((<usize>slot) << 2));
    if (known === 0) break;
    const entry = entries + <usize>(known - 1) * ENTRY_BYTES;
    if (
      load<i32>(entry, ENTRY_HASH) === hash &&
      load<i32>(entry, ENTRY_OWNER) === owner &&
      load<i32>(entry, ENTRY_LENGTH) === length &&
      areEqual(<usize>load<i32>(entry, ENTRY_START), from, length)
    )
      return known - 1;
    slot = (slot + 1) & mask;
  }
  const entry = append(plan, hash, owner, from, length);
  store<i32>(slots + ((<usize>slot) << 2), entry + 1);
  return entry;
}

function append(plan: usize, hash: i32, owner: i32, from: usize, length: i32): i32 {
  const count = load<i32>(plan, ENTRY_COUNT);
  const used = load<i32>(plan, TEXT_BYTES);
  const start = load<i32>(plan, TEXTS) + used;
  const entry = <usize>load<i32>(plan, ENTRIES) + <usize>count * ENTRY_BYTES;
  store<i32>(entry, hash, ENTRY_HASH);
  store<i32>(entry, start, ENTRY_START);
  store<i32>(entry, length, ENTRY_LENGTH);
  store<i32>(entry, owner, ENTRY_OWNER);
  memory.copy(<usize>start, from, <usize>length);
  store<i32>(plan, count + 1, ENTRY_COUNT);
  // A byte between texts, so that all of them together are UTF-8 only when each is.
  store<u8>(<usize>(start + length), 0);
  store<i32>(plan, used + length + 1, TEXT_BYTES);
  return count;
}

const FACTOR: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;

/** Eight bytes at a time, those behind the end blotted out. */
function hashOf(from: usize, length: i32, owner: i32): i32 {
  let hash = ((<u64>owner) << 32) | <u64>length;
  let at = from;
  let left = length;
  for (; left > 8; left -= 8) {
    hash = (hash ^ load<u64>(at)) * FACTOR;
    hash ^= hash >> 29;
    at += 8;
  }
  if (left > 0) hash = hash ^ (load<u64>(at) & (~(<u64>0) >> ((<u64>(8 - left)) << 3)));
  hash *= FACTOR;
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
