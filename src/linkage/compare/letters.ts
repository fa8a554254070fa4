import { pointAt, pointBytes, writePoint } from "../../base/index.ts";
import type { ComparisonSettings } from "../settings.ts";

const plainAscii = /^[\x20-\x40\x5b-\x7e]*$/;

/** Letters whose lower case depends on what stands around them, or takes two letters: İ and Σ. */
const contextual = /[\u0130\u03a3]/;

/**
 * The text with each letter as its lower case, one code point to one code point whatever stands around it, as SQL's
 * `lower` does (the simple mappings of Unicode's UnicodeData.txt).
 */
export function lowerLetters(text: string): string {
  if (plainAscii.test(text)) return text;
  return contextual.test(text)
    ? text
        .replaceAll("\u0130", "i")
        .replace(/\u03a3/g, "\u03c3")
        .toLowerCase()
    : text.toLowerCase();
}

/** Up to here lower case is looked up: Latin, Greek, Cyrillic, Armenian. */
const tableEnd = 0x590;
let lowerByPoint: Uint16Array | undefined;

/** The lower case of each code point of the alphabets that are looked up, as {@link lowerUtf8} does. */
export function lowerTable(): Uint16Array {
  lowerByPoint ??= Uint16Array.from({ length: tableEnd }, (_, point) =>
    lowerLetters(String.fromCharCode(point)).charCodeAt(0),
  );
  return lowerByPoint;
}

/** Scripts that know no case: Hebrew to Burmese but Georgian, Chinese and Japanese, Korean; and punctuation. */
function hasNoCase(point: number): boolean {
  return (
    (point >= tableEnd && point < 0x10a0) ||
    (point >= 0x2010 && point < 0x2070) ||
    (point >= 0x2e80 && point < 0xa640) ||
    (point >= 0xac00 && point < 0xd7b0)
  );
}

/**
 * {@link lowerLetters} of a text in UTF-8: written to the front of `out`, which has room for thrice the bytes. Gives how many
 * bytes it has, or -1 for a text with rarer letters, which is left to {@link lowerLetters}.
 */
export function lowerUtf8(bytes: Uint8Array, from: number, to: number, out: Uint8Array): number {
  let end = 0;
  for (let at = from; at < to; ) {
    const byte = bytes[at] as number;
    if (byte < 128) {
      out[end++] = byte >= 65 && byte <= 90 ? byte | 32 : byte;
      at++;
      continue;
    }
    const point = pointAt(bytes, at);
    at += pointBytes(byte);
    if (point < tableEnd) {
      end = writePoint((lowerByPoint ?? lowerTable())[point] as number, out, end);
    } else if (hasNoCase(point)) end = writePoint(point, out, end);
    else return -1;
  }
  return end;
}

/** How the settings of a comparison read letters: as written unless they say otherwise. */
export function readLetters({ letters }: ComparisonSettings): (text: string) => string {
  return letters === "lower" ? lowerLetters : (text) => text;
}
