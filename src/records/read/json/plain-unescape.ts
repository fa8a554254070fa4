import { writePoint } from "../../../base/index.ts";

const [backslash, letterU] = [92, 117] as const;

/** What signs behind a backslash stand for, besides themselves. */
const saidBySign: ReadonlyMap<number, number> = new Map([
  [110, 10],
  [116, 9],
  [114, 13],
  [98, 8],
  [102, 12],
]);

/**
 * Writes what an escaped text says, whose escapes are known to be right; gives how many bytes that are, or -1 where half a
 * surrogate pair stands alone. The same as wasm/records/unescape.ts.
 */
export function unescapeText(bytes: Uint8Array, from: number, end: number, target: number): number {
  let to = target;
  for (let at = from; at < end; ) {
    const byte = bytes[at] as number;
    if (byte !== backslash) {
      bytes[to++] = byte;
      at++;
      continue;
    }
    const sign = bytes[at + 1] as number;
    if (sign !== letterU) {
      bytes[to++] = saidBySign.get(sign) ?? sign;
      at += 2;
      continue;
    }
    const code = codeAt(bytes, at, end);
    if (code < 0) return -1;
    at += code > 0xffff ? 12 : 6;
    to = writePoint(code, bytes, to);
  }
  return to - target;
}

/** The code point that an escape says, or two that are a pair; -1 for half a pair. */
function codeAt(bytes: Uint8Array, at: number, end: number): number {
  const code = unitAt(bytes, at + 2);
  if ((code & 0xf800) !== 0xd800) return code;
  if (code >= 0xdc00 || at + 12 > end || bytes[at + 6] !== backslash || bytes[at + 7] !== letterU) return -1;
  const second = unitAt(bytes, at + 8);
  return (second & 0xfc00) === 0xdc00 ? 0x10000 + ((code & 0x3ff) << 10) + (second & 0x3ff) : -1;
}

/** The code unit that four hexadecimal digits say. */
function unitAt(bytes: Uint8Array, from: number): number {
  let unit = 0;
  for (let at = from; at < from + 4; at++) {
    const sign = bytes[at] as number;
    unit = (unit << 4) | ((sign & 15) + 9 * (sign >> 6));
  }
  return unit;
}
