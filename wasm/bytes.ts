// Texts as bytes. Eight or sixteen are read and written at once: those behind a text are the caller's to spare.

/** The first so many of eight bytes, of which there is at least one. */
export function firstBytes(bytes: u64, count: usize): u64 {
  return bytes & (~(<u64>0) >> ((8 - <u64>count) << 3));
}

export function areEqual(a: usize, b: usize, length: usize): bool {
  let left = length;
  let at: usize = 0;
  for (; left > 8; left -= 8, at += 8) if (load<u64>(a + at) !== load<u64>(b + at)) return false;
  return left === 0 || firstBytes(load<u64>(a + at) ^ load<u64>(b + at), left) === 0;
}

function mixed(hash: u64, bytes: u64): u64 {
  const product = (hash ^ bytes) * (((<u64>0x9e3779b9) << 32) | 0x7f4a7c15);
  return product ^ (product >> 32);
}

/** For the slots of a table that no one sees from without. */
export function hashOf(from: usize, length: usize): i32 {
  let hash: u64 = mixed(<u64>length, 0x5bd1e995);
  let at = from;
  let left = length;
  for (; left > 8; left -= 8, at += 8) hash = mixed(hash, load<u64>(at));
  if (left > 0) hash = mixed(hash, firstBytes(load<u64>(at), left));
  return <i32>(mixed(hash, 0) >> 16);
}

/** Longer texts are copied by the machine. */
const COPIED_AT_ONCE: usize = 512;

/** What is copied too much is overwritten by the next text, or lies behind the last. */
export function copyText(to: usize, from: usize, length: usize): void {
  if (length > COPIED_AT_ONCE) memory.copy(to, from, length);
  else for (let at: usize = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}
