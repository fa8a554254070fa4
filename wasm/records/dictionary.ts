import { copyText } from "../bytes";
import { FIRST_BYTES } from "./constants";
import {
  COLUMN_BYTES,
  COLUMN_ODD,
  COLUMN_TEXT_BYTES,
  COLUMN_TEXTS,
  COLUMNS,
  ENTRIES,
  ENTRY_BYTES,
  ENTRY_COUNT,
  ENTRY_HEAD,
  ENTRY_LENGTH,
  ENTRY_NUMBER,
  ENTRY_OWNER,
  ENTRY_START,
  OWNER_SHIFT,
  PLAIN,
  SLOT_MASK,
  SLOTS,
  TEXT_BYTES,
  TEXTS,
} from "./layout";

// Texts wait in a queue, so that the memory of many is asked for at once: each alone waits for its slot and its entry.
const QUEUE_MAX: i32 = 64;
/** Owner and length as an entry has them, in one word. */
const QUEUED_LENGTH: usize = 0;
const QUEUED_OWNER: usize = 4;
const QUEUED_FROM: usize = 8;
const QUEUED_TARGET: usize = 12;
const QUEUED_HASH: usize = 16;
/** Keeps what was loaded only to bring memory near. */
const QUEUED_TOUCHED: usize = 20;
/** The first sixteen bytes, those behind the end blotted out. */
const QUEUED_HEAD: usize = 32;
const QUEUED_BYTES: usize = 48;
const queue: usize = memory.data(3072, 16);
let queued: i32 = 0;

/** Has the number of these bytes among the texts of a column written to `target`, at the latest by {@link settleTexts}. */
export function queueText(plan: usize, column: i32, kind: i32, from: usize, length: i32, target: usize): void {
  if (queued === QUEUE_MAX) settleTexts(plan);
  const at = queue + <usize>queued * QUEUED_BYTES;
  store<i32>(at, length, QUEUED_LENGTH);
  store<i32>(at, (column << OWNER_SHIFT) | kind, QUEUED_OWNER);
  store<i32>(at, <i32>from, QUEUED_FROM);
  store<i32>(at, <i32>target, QUEUED_TARGET);
  queued++;
}

/** Forgets the texts that wait. */
export function dropTexts(): void {
  queued = 0;
}

/** Writes the numbers of the texts that wait. */
export function settleTexts(plan: usize): void {
  const mask = load<i32>(plan, SLOT_MASK);
  const slots = <usize>load<i32>(plan, SLOTS);
  const entries = <usize>load<i32>(plan, ENTRIES);
  const end = queue + <usize>queued * QUEUED_BYTES;
  for (let at = queue; at < end; at += QUEUED_BYTES) {
    const from = <usize>load<u32>(at, QUEUED_FROM);
    const length = load<i32>(at, QUEUED_LENGTH);
    const head = v128.and(v128.load(from), v128.load(FIRST_BYTES + 16 - <usize>min<i32>(length, 16)));
    v128.store(at, head, QUEUED_HEAD);
    const hash = hashOf(load<u64>(at, QUEUED_LENGTH), head, from, length);
    store<i32>(at, hash, QUEUED_HASH);
    store<i32>(at, load<i32>(slots + ((<usize>(hash & mask)) << 3), 4), QUEUED_TOUCHED);
  }
  for (let at = queue; at < end; at += QUEUED_BYTES) {
    const known = load<i32>(at, QUEUED_TOUCHED);
    if (known !== 0) store<i32>(at, load<i32>(entries + <usize>(known - 1) * ENTRY_BYTES), QUEUED_TOUCHED);
  }
  for (let at = queue; at < end; at += QUEUED_BYTES)
    store<i32>(<usize>load<u32>(at, QUEUED_TARGET), numberOf(plan, slots, mask, entries, at));
  queued = 0;
}

/** The number of a text that waits, a new one when it was not seen before. */
function numberOf(plan: usize, slots: usize, mask: i32, entries: usize, text: usize): i32 {
  const hash = load<i32>(text, QUEUED_HASH);
  const owned = load<u64>(text, QUEUED_LENGTH);
  const head = v128.load(text, QUEUED_HEAD);
  let slot = hash & mask;
  while (true) {
    const at = slots + ((<usize>slot) << 3);
    const known = load<i32>(at, 4);
    if (known === 0) return append(plan, at, text);
    const entry = entries + <usize>(known - 1) * ENTRY_BYTES;
    if (
      load<i32>(at) === hash &&
      load<u64>(entry, ENTRY_LENGTH) === owned &&
      !v128.any_true(v128.xor(v128.load(entry, ENTRY_HEAD), head)) &&
      isRestEqual(entry, text)
    )
      return load<i32>(entry, ENTRY_NUMBER);
    slot = (slot + 1) & mask;
  }
}

/** Whether a text that waits has the bytes of an entry of its length also behind the sixteenth. */
function isRestEqual(entry: usize, text: usize): bool {
  const length = load<i32>(text, QUEUED_LENGTH);
  if (length <= 16) return true;
  let own = <usize>load<u32>(text, QUEUED_FROM);
  let other = <usize>load<i32>(entry, ENTRY_START);
  const last = own + <usize>(length - 16);
  const lastOther = other + <usize>(length - 16);
  for (own += 16, other += 16; own < last; own += 16, other += 16)
    if (v128.any_true(v128.xor(v128.load(own), v128.load(other)))) return false;
  return !v128.any_true(v128.xor(v128.load(last), v128.load(lastOther)));
}

/** Makes the entry of a text that waits. */
function append(plan: usize, slot: usize, text: usize): i32 {
  const from = <usize>load<u32>(text, QUEUED_FROM);
  const length = load<i32>(text, QUEUED_LENGTH);
  const owner = load<i32>(text, QUEUED_OWNER);
  const column = <usize>load<i32>(plan, COLUMNS) + <usize>(owner >> OWNER_SHIFT) * COLUMN_BYTES;
  const number = load<i32>(column, COLUMN_TEXTS);
  store<i32>(column, number + 1, COLUMN_TEXTS);
  store<i32>(column, load<i32>(column, COLUMN_TEXT_BYTES) + length, COLUMN_TEXT_BYTES);
  if ((owner & ((1 << OWNER_SHIFT) - 1)) !== PLAIN) store<i32>(column, load<i32>(column, COLUMN_ODD) + 1, COLUMN_ODD);
  const count = load<i32>(plan, ENTRY_COUNT);
  store<i32>(slot, load<i32>(text, QUEUED_HASH));
  store<i32>(slot, count + 1, 4);
  store<i32>(plan, count + 1, ENTRY_COUNT);
  const used = load<i32>(plan, TEXT_BYTES);
  const start = <usize>(load<i32>(plan, TEXTS) + used);
  const entry = <usize>load<i32>(plan, ENTRIES) + <usize>count * ENTRY_BYTES;
  store<i32>(entry, <i32>start, ENTRY_START);
  store<i32>(entry, length, ENTRY_LENGTH);
  store<i32>(entry, owner, ENTRY_OWNER);
  store<i32>(entry, number, ENTRY_NUMBER);
  v128.store(entry, v128.load(text, QUEUED_HEAD), ENTRY_HEAD);
  copyText(start, from, <usize>length);
  // A byte between texts, so that all of them together are UTF-8 only when each is.
  store<u8>(start + <usize>length, 0);
  store<i32>(plan, used + length + 1, TEXT_BYTES);
  return number;
}

const FACTOR: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;
const OTHER_FACTOR: u64 = ((<u64>0xd6e8feb8) << 32) | 0x6659fd93;

/** Of owner and length, the first sixteen bytes, and those behind them: the last sixteen of a longer text may be taken twice. */
function hashOf(owned: u64, head: v128, from: usize, length: i32): i32 {
  let a = (i64x2.extract_lane(head, 0) ^ owned) * FACTOR;
  let b = (i64x2.extract_lane(head, 1) ^ FACTOR) * OTHER_FACTOR;
  if (length > 16) {
    const last = from + <usize>(length - 16);
    let at = from + 16;
    if (length > 64) {
      let c = a ^ b;
      let d = OTHER_FACTOR;
      for (; at + 16 < last; at += 32) {
        a = rotl<u64>((a ^ load<u64>(at)) * FACTOR, 29);
        b = rotl<u64>((b ^ load<u64>(at, 8)) * FACTOR, 31);
        c = rotl<u64>((c ^ load<u64>(at, 16)) * FACTOR, 33);
        d = rotl<u64>((d ^ load<u64>(at, 24)) * FACTOR, 37);
      }
      a ^= c * OTHER_FACTOR;
      b ^= rotl<u64>(d * OTHER_FACTOR, 32);
    }
    for (; at < last; at += 16) {
      a = rotl<u64>((a ^ load<u64>(at)) * FACTOR, 29);
      b = rotl<u64>((b ^ load<u64>(at, 8)) * FACTOR, 31);
    }
    a = rotl<u64>((a ^ load<u64>(last)) * FACTOR, 29);
    b = rotl<u64>((b ^ load<u64>(last, 8)) * FACTOR, 31);
  }
  const hash = ((a ^ (a >> 32)) + rotl<u64>(b, 23)) * FACTOR;
  return <i32>(hash >> 32) ^ <i32>(hash >> 17);
}
