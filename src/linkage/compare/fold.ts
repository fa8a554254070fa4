/** Letters that Unicode does not decompose, and what catalogues write instead. */
const letterByVariant: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ı: "i",
  "¢": "c",
};

const asciiWords = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/**
 * Text as it is compared: lower case, without diacritics, apostrophes gone, "&" as "and", any other sign a space.
 * Letters and digits of every script stay, and so does U+FFFD, which stands for a letter that someone lost.
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (asciiWords.test(lower)) return lower;
  return withoutMisread(lower)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[øłđðþßæœı¢]/g, (letter) => letterByVariant[letter] as string)
    .replace(/[\p{M}'’‘`ʻ.]+/gu, (signs) => (signs.includes(".") ? "." : ""))
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
