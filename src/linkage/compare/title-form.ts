import { foldText, wordsOf } from "./fold.ts";
import { isOfOtherScript } from "./transliteration.ts";

/** One way of writing a title, taken apart for comparison. */
export interface TitleForm {
  /** All words without spaces, the article in front, numbers as digits. */
  readonly full: string;
  /** `full` without its article: what block keys and frequencies use. */
  readonly bare: string;
  /** The words without the article. */
  readonly words: readonly string[];
  /** The numbers among `words`, joined; "" for none, and "1" counts as none. */
  readonly numbers: string;
  /** `words` without numbers and articles, joined. */
  readonly letters: string;
  /** `bare` of the part before the subtitle; equals `bare` where there is no subtitle. */
  readonly base: string;
  /** `bare` of the part after the base; "" where there is no subtitle. */
  readonly subtitle: string;
  /** Written in Cyrillic or Greek letters, so that all of the above is a transliteration among several. */
  readonly transliterated: boolean;
}

/** A title: its main form first, then the alternatives it names in brackets. */
export type TitleForms = readonly TitleForm[];

const formsMax = 6;
const titleCharactersMax = 400;

const articles = "the|a|an|le|la|les|l'|un|une|el|los|las|il|lo|gli|i|der|die|das|ein|eine|den|det|de|het|o|os|as";
const trailingArticle = new RegExp(`^(.*\\S),\\s*(${articles})$`, "iu");
const leadingArticles = new Set(["the", "a", "an", "le", "la", "les", "el", "los", "las", "il", "der", "die", "das"]);
const bracketed = /[([]([^()[\]]*)[)\]]/gu;
const knownAs = /^\s*(?:a\.?\s?k\.?\s?a\.?:?|also known as)\s+/iu;
const notAnAlternative =
  /^(?:\d{4}(?:[-–]\d{0,4})?|tv|video|short|uncut|unrated|u\.?s\.?a?|u\.?k|live|dubbed|subtitled|.*\b(?:cut|edition|version|series|film|movie|special|miniseries|restored|remastered)\b.*)$/iu;
const partInBrackets = /^(?:(?:part|pt|chapter|episode|vol|volume|season)\b.*|[ivx]+|\d{1,2})$/iu;
const subtitleMark = /\s*(?::|\s[-–—]\s|[–—])\s*/u;

/** "Tyler Perry's Diary of ...", "Dr. Seuss' The Lorax": whose it is, which catalogues add or leave out. */
const possessor = /^(?:[\p{L}.]+\s){1,3}[\p{L}.]+(?:['’]s|s['’])\s+(?=\S+\s+\S)/u;

const markers = new Set(["part", "pt", "chapter", "episode", "vol", "volume", "no", "number", "season"]);
const synonyms = new Map([
  ["doctor", "dr"],
  ["mister", "mr"],
  ["versus", "vs"],
  ["saint", "st"],
]);
const smallNumbers = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
];
const tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const numberByWord = new Map([
  ...smallNumbers.map((word, i) => [word, String(i + 1)] as const),
  ...tens.map((word, i) => [word, String((i + 2) * 10)] as const),
]);
const ordinalByWord = new Map(["first", "second", "third", "fourth", "fifth"].map((word, i) => [word, String(i + 1)]));
const numberByRoman = new Map(
  [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
  ].map((roman, i) => [roman, String(i + 1)]),
);
/** Letters that are also words or initials: numbers only behind a marker or at the end. */
const doubtfulRomans = new Set(["i", "v", "x"]);

/** Takes a title apart; empty when it has neither letters nor digits. */
export function titleForms(text: string): TitleForms {
  const bounded = text.length > titleCharactersMax ? text.slice(0, titleCharactersMax) : text;
  const alternatives: string[] = [];
  const main = bounded.replace(bracketed, (_all, inner: string) => {
    if (partInBrackets.test(inner.trim())) return ` ${inner} `;
    if (!notAnAlternative.test(inner.trim())) alternatives.push(...inner.split(/\ba\.?k\.?a\.?\b/iu));
    return " ";
  });
  const written = [main, ...alternatives].map((one) => one.replace(knownAs, "").trim());
  const forms = [...written, (written[0] as string).replace(possessor, "")]
    .map(titleForm)
    .filter((form) => form.bare !== "");
  return forms.filter((form, i) => forms.findIndex((other) => other.full === form.full) === i).slice(0, formsMax);
}

function titleForm(text: string): TitleForm {
  const ordered = articleInFront(text);
  const at = ordered.search(subtitleMark);
  const baseText = at > 0 ? ordered.slice(0, at) : ordered;
  const subtitleText = at > 0 ? articleInFront(ordered.slice(at).replace(subtitleMark, "")) : "";
  const base = wordsWithNumbers(baseText);
  const subtitle = wordsWithNumbers(subtitleText);
  const all = [...base, ...subtitle];
  const words = withoutArticle(all);
  const bareBase = withoutArticle(base).join("");
  const bareSubtitle = withoutArticle(subtitle).join("");
  const whole = bareBase !== "" && bareSubtitle !== "";
  return {
    full: all.join(""),
    bare: words.join(""),
    words,
    numbers: words
      .filter(isNumber)
      .filter((word) => word !== "1")
      .join(" "),
    letters: words.filter((word) => !isNumber(word) && !leadingArticles.has(word)).join(""),
    base: whole ? bareBase : words.join(""),
    subtitle: whole ? bareSubtitle : "",
    transliterated: isOfOtherScript(text),
  };
}

function articleInFront(text: string): string {
  const moved = trailingArticle.exec(text.trim());
  if (moved) return `${moved[2]} ${moved[1]}`;
  // "Matrix, The: Reloaded": the article stands before the subtitle mark.
  const inner = /^([^:]*\S),\s*(the|a|an)(:.*)$/iu.exec(text.trim());
  return inner ? `${inner[2]} ${inner[1]}${inner[3]}` : text;
}

function wordsWithNumbers(text: string): string[] {
  const words = wordsOf(foldText(text));
  const out: string[] = [];
  words.forEach((word, i) => {
    const afterMarker = i > 0 && markers.has(words[i - 1] as string);
    const number = numberOf(word, afterMarker, i > 0 && i === words.length - 1, i === 0);
    if (number !== undefined && afterMarker) out.pop();
    out.push(number ?? synonyms.get(word) ?? word);
  });
  return out.length > 1 ? out.filter((word) => word !== "3d") : out;
}

function numberOf(word: string, afterMarker: boolean, last: boolean, first: boolean): string | undefined {
  if (isNumber(word)) return word.replace(/^0+(?=\d)/, "");
  const roman = numberByRoman.get(word);
  if (roman !== undefined && (afterMarker || (!first && (last || !doubtfulRomans.has(word))))) return roman;
  return numberByWord.get(word) ?? (afterMarker ? ordinalByWord.get(word) : undefined);
}

function isNumber(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57 && /^\d+$/.test(word);
}

function withoutArticle(words: readonly string[]): readonly string[] {
  return words.length > 1 && leadingArticles.has(words[0] as string) ? words.slice(1) : words;
}
