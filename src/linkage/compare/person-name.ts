import { foldText, wordsOf } from "./fold.ts";
import { isOfOtherScript } from "./transliteration.ts";

/** A person's name taken apart. */
export interface PersonName {
  /** All words in sorted order without honorifics: equal for "Lee, Spike" and "Spike Lee". */
  readonly key: string;
  readonly words: readonly string[];
  /** The family name, particles in front ("de palma"). */
  readonly last: string;
  /** The first given name, or its initial; "" where there is only one word. */
  readonly first: string;
  /** Written in Cyrillic or Greek letters, so that the words are a transliteration among several. */
  readonly transliterated: boolean;
}

const nameCharactersMax = 120;
const ignoredWords = new Set(["jr", "sr", "dr", "sir", "mr", "mrs", "ms", "dame", "prof"]);
const particles = new Set([
  "de",
  "del",
  "della",
  "di",
  "da",
  "dos",
  "van",
  "von",
  "der",
  "den",
  "la",
  "le",
  "du",
  "al",
  "el",
  "bin",
  "ben",
]);

/** Takes a name apart; null when it has neither letters nor digits. */
export function personName(text: string): PersonName | null {
  const bounded = (text.length > nameCharactersMax ? text.slice(0, nameCharactersMax) : text).replace(
    /\([^)]*\)/g,
    " ",
  );
  const comma = bounded.indexOf(",");
  const ordered = comma > 0 ? `${bounded.slice(comma + 1)} ${bounded.slice(0, comma)}` : bounded;
  const all = wordsOf(foldText(ordered.replace(/\./g, " ")));
  const words = all.length > 1 ? all.filter((word) => !ignoredWords.has(word)) : all;
  if (words.length === 0) return null;
  let from = words.length - 1;
  while (from > 1 && particles.has(words[from - 1] as string)) from--;
  return {
    key: [...words].sort().join(" "),
    words,
    last: words.slice(from).join(" "),
    first: words.length > 1 ? (words[0] as string) : "",
    transliterated: isOfOtherScript(bounded),
  };
}
