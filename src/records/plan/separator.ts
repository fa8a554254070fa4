import { cleanText } from "../clean/text.ts";

const separators = ["|", ";", " / ", ","] as const;
const wordsMax = 5;
const particles = new Set([
  "de",
  "da",
  "di",
  "du",
  "del",
  "della",
  "van",
  "von",
  "der",
  "den",
  "la",
  "le",
  "el",
  "al",
  "bin",
  "ibn",
  "y",
  "e",
  "of",
  "dos",
  "ter",
  "st.",
]);
const titleWords = new Set(["the", "of", "and", "a", "an", "in", "to", "for", "&", "vs", "at", "on", "with", "my"]);

/** Whether a text could be a person's name: two to five words of letters, capitalised if anything is. */
function looksLikePerson(text: string): boolean {
  const words = cleanText(text.replace(/\([^)]*\)/g, "")).split(" ");
  if (words.length < 2 || words.length > wordsMax || text.length > 50) return false;
  const capitals = /\p{Lu}/u.test(text);
  return words.every((word) => {
    if (particles.has(word)) return true;
    if (titleWords.has(word.toLowerCase()) || !/^[\p{L}\p{M}.'’`-]+,?$/u.test(word)) return false;
    return !capitals || /^\P{Ll}/u.test(word);
  });
}

/** The share of texts that could be persons' names, 0 to 1. */
export function personShare(texts: readonly string[]): number {
  return texts.length === 0 ? 0 : texts.filter(looksLikePerson).length / texts.length;
}

/** What lists of a known field hold, which decides what a comma can mean. */
export type ListOf = "persons" | "companies" | "words";

/** What separates the values of a column that is known to hold lists, or null when each text is one value. */
export function separatorOfList(texts: readonly string[], listOf: ListOf): string | null {
  for (const separator of separators) {
    const split = texts.filter((text) => text.includes(separator));
    if (split.length < Math.max(1, texts.length * 0.01)) continue;
    const parts = partsOf(split, separator);
    // "Lee, Ang" is one name, "Ang Lee, Ann Hui" are two: a comma separates persons only between whole names.
    if (separator === "," && listOf === "persons" && personShare(parts) < 0.6) continue;
    // "Farrar, Straus and Giroux" and "Pixar, Inc." are one company each; only a configuration can tell.
    if (separator === "," && listOf === "companies") continue;
    if (parts.every((part) => part.length <= 120)) return separator;
  }
  return null;
}

/**
 * What separates the values of a column that is not known: a sign that is in many texts, between short parts that come again
 * and again, or between names of persons; null when each text is one value.
 */
export function separatorOfUnknown(texts: readonly string[]): string | null {
  for (const separator of separators) {
    const split = texts.filter((text) => text.includes(separator));
    if (split.length < texts.length * (separator === "," ? 0.3 : 0.1) || split.length < 3) continue;
    const parts = partsOf(split, separator);
    const short = parts.filter((part) => part.length <= 30).length / parts.length;
    if (short > 0.95 && (repeatedShare(parts) > 0.5 || personShare(parts) > 0.8)) return separator;
  }
  return null;
}

function repeatedShare(parts: readonly string[]): number {
  return 1 - new Set(parts).size / Math.max(1, parts.length);
}

function partsOf(texts: readonly string[], separator: string): string[] {
  return texts.flatMap((text) =>
    text
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  );
}
