import type { TextSpan } from "./span.ts";

/** The longest sentence read; longer ones are lists or damage, not prose. UTF-16 units. */
export const maxSentenceLength = 2000;

/** Words whose full stop does not end a sentence. */
const abbreviations = new Set(
  (
    "dr mr mrs ms mx st vs v no nos vol pt ep ch prof gen col capt cmdr lt sgt rev hon gov sen rep pres fr sr jr " +
    "etc e.g i.e cf ca approx feat inc ltd co corp dept est fig jan feb mar apr jun jul aug sep sept oct nov dec"
  ).split(" "),
);
/** Abbreviations only before a number: "no." is also a word. */
const beforeNumbers = new Set("no nos vol pt ep ch v fig".split(" "));
/** Abbreviations that may also end a sentence; then a word such as these follows. */
const mayEnd = new Set("jr sr etc inc ltd co corp".split(" "));
const sentenceStarters = new Set(
  "The It He She They In This That These A An His Her Its But And When While After Before On At As For If".split(" "),
);

/**
 * Cuts a stretch of prose into sentences: after . ! ? that are followed by a blank and something that can begin a
 * sentence, but not after abbreviations, initials, or inside a title.
 * @param titles marked titles in the same text, ascending: "Who's Afraid?" ends no sentence
 */
export function splitSentences(text: string, block: TextSpan, titles: readonly TextSpan[]): TextSpan[] {
  const sentences: TextSpan[] = [];
  const ends = /[.!?…]+["”’*_)\]]*(?=\s+["“‘*_([]*[\p{Lu}\p{N}]|\s*$)/gu;
  const prose = text.slice(block.start, block.end);
  let start = block.start;
  for (const found of prose.matchAll(ends)) {
    const at = block.start + found.index;
    const end = at + found[0].length;
    if (isInsideTitle(at, end, found[0], titles)) continue;
    if (found[0].startsWith(".") && end < block.end && isAbbreviation(text, start, at, end)) continue;
    pushTrimmed(sentences, text, start, end);
    start = end;
  }
  pushTrimmed(sentences, text, start, block.end);
  return sentences;
}

/** A full stop at the very end of a quoted title ends the sentence too, as American typesetters write it. */
function isInsideTitle(at: number, end: number, signs: string, titles: readonly TextSpan[]): boolean {
  const title = titles.find((span) => span.start <= at && at < span.end);
  if (title === undefined) return false;
  return !(signs.startsWith(".") && end >= title.end);
}

function isAbbreviation(text: string, sentenceStart: number, at: number, end: number): boolean {
  const word = /[\p{L}\p{N}.]*$/u.exec(text.slice(Math.max(sentenceStart, at - 20), at))?.[0] ?? "";
  const next = /^\s+([\p{L}\p{N}]+)/u.exec(text.slice(end, end + 30))?.[1] ?? "";
  const isAcronym = /^\p{L}(?:\.\p{L})*$/u.test(word) && word !== "I";
  const lower = word.toLowerCase();
  if (!isAcronym && !abbreviations.has(lower)) return false;
  if (beforeNumbers.has(lower)) return /^\d/.test(next) || lower === "v";
  return !((isAcronym || mayEnd.has(lower)) && sentenceStarters.has(next));
}

function pushTrimmed(sentences: TextSpan[], text: string, start: number, end: number): void {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from] as string)) from++;
  while (to > from && /\s/.test(text[to - 1] as string)) to--;
  if (to > from) sentences.push({ start: from, end: to });
}
