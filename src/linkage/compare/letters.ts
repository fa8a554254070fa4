import type { ComparisonSettings } from "../settings.ts";

const plainAscii = /^[\x20-\x40\x5b-\x7e]*$/;

/**
 * The text with each letter as its lower case, one code point to one code point, as SQL's `lower` does: a letter whose
 * lower case takes two stays as it is.
 */
export function lowerLetters(text: string): string {
  if (plainAscii.test(text)) return text;
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  let each = "";
  for (const letter of text) {
    const one = letter.toLowerCase();
    each += one.length === letter.length ? one : letter;
  }
  return each;
}

/** How the settings of a comparison read letters: as written unless they say otherwise. */
export function readLetters({ letters }: ComparisonSettings): (text: string) => string {
  return letters === "lower" ? lowerLetters : (text) => text;
}
