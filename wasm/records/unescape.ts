import { writePoint } from "../points";
import { BACKSLASHES } from "./constants";

/** What stands in place of a text that UTF-8 cannot say. */
export const NO_TEXT: i32 = -1;

/**
 * Writes what an escaped text says, whose escapes are known to be right; gives how many bytes that are, at most as many as are
 * read, or NO_TEXT where half a surrogate pair stands alone. Sixteen bytes at a time, which may be read and written behind the end.
 */
export function unescapeText(from: usize, end: usize, target: usize): i32 {
  const backslash = v128.load(BACKSLASHES);
  let at = from;
  let to = target;
  while (true) {
    const bytes = v128.load(at);
    v128.store(to, bytes);
    const slashes = i8x16.bitmask(i8x16.eq(bytes, backslash));
    const plain: usize = slashes === 0 ? 16 : <usize>ctz(slashes);
    if (at + plain >= end) return <i32>(to + (end - at) - target);
    at += plain;
    to += plain;
    if (slashes === 0) continue;
    const sign = <i32>load<u8>(at, 1);
    if (sign !== 0x75) {
      store<u8>(to++, saidBy(sign));
      at += 2;
      continue;
    }
    let code = unitAt(at + 2);
    at += 6;
    if ((code & 0xf800) === 0xd800) {
      // A first half, and an escaped second one behind it.
      if (code >= 0xdc00 || at + 6 > end || load<u16>(at) !== 0x755c) return NO_TEXT;
      const second = unitAt(at + 2);
      if ((second & 0xfc00) !== 0xdc00) return NO_TEXT;
      code = 0x10000 + ((code & 0x3ff) << 10) + (second & 0x3ff);
      at += 6;
    }
    to = writePoint(code, to);
  }
}

/** Of a sign behind a backslash the byte that it stands for. */
function saidBy(sign: i32): u8 {
  if (sign === 0x6e) return 0x0a;
  if (sign === 0x74) return 0x09;
  if (sign === 0x72) return 0x0d;
  if (sign === 0x62) return 0x08;
  if (sign === 0x66) return 0x0c;
  return <u8>sign;
}

/** The code unit that four hexadecimal digits say. */
function unitAt(at: usize): i32 {
  return (digitOf(at) << 12) | (digitOf(at + 1) << 8) | (digitOf(at + 2) << 4) | digitOf(at + 3);
}

/** Letters of both cases have bit 6 and count from one in their low four bits. */
function digitOf(at: usize): i32 {
  const sign = <i32>load<u8>(at);
  return (sign & 15) + 9 * (sign >> 6);
}
