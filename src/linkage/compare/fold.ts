import { romanised } from "./transliteration.ts";

const asciiWords = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/**
 * Text as it is compared: lower case, without diacritics, Cyrillic and Greek in Latin letters, apostrophes gone, "&" as "and",
 * any other sign a space. Letters and digits of other scripts stay, and so does U+FFFD, which stands for a letter that someone lost.
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (asciiWords.test(lower)) return lower;
  return romanised(withoutMisread(lower).normalize("NFKD").toLowerCase())
    .replace(/['’‘`ʻ.]+/gu, (signs) => (signs.includes(".") ? "." : ""))
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, "")
    .replace(/&|(?<=\s)\+(?=\s)/g, " and ")
    .replace(/[^\p{L}\p{N}\uFFFD]+/gu, " ")
    .trim();
}

/** NFKD would make "8½" the word "81" and the acute accent, which some write for an apostrophe, a space. */
function withoutMisread(text: string): string {
  return text.replace(/´/g, "'").replace(/[¼½¾⅓⅔]/g, " $&");
}

/** The words of a folded text; none for an empty one. */
export function wordsOf(folded: string): string[] {
  return folded === "" ? [] : folded.split(" ");
}
