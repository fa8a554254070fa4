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

/** Writes plain ASCII in lower case to the front of `out`; false, with `out` half written, where anything else is found. */
export function lowerAscii(bytes: Uint8Array, from: number, to: number, out: Uint8Array): boolean {
  for (let at = from, i = 0; at < to; at++, i++) {
    const byte = bytes[at] as number;
    if (byte > 127) return false;
    out[i] = byte >= 65 && byte <= 90 ? byte | 32 : byte;
  }
  return true;
}

/** How the settings of a comparison read letters: as written unless they say otherwise. */
export function readLetters({ letters }: ComparisonSettings): (text: string) => string {
  return letters === "lower" ? lowerLetters : (text) => text;
}
