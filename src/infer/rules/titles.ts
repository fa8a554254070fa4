import type { Gazetteer } from "../gazetteer.ts";
import { isStandIn, nameOfSurface } from "../surface.ts";
import { type NamedSpan, overlapsAny, type TextSpan } from "./span.ts";
import { nounsOfWorks, personNouns } from "./vocabulary.ts";

const marked =
  /\*{1,2}(?=\S)([^*]{1,150}?)(?<=\S)\*{1,2}|(?<![\p{L}\p{N}])_{1,2}(?=\S)([^_]{1,150}?)(?<=\S)_{1,2}(?![\p{L}\p{N}])|“([^“”]{1,150})”|(?<![\p{L}\p{N}])"(?=\S)([^"]{1,150}?)"/gu;
const yearAfter = /^\s*\((?:the )?((?:1[89]|20)\d\d)(?: film| movie| novel)?\)/;
const smallWords = /^(?:a|an|the|of|and|or|in|on|at|to|for|from|by|with|as|but|nor|vs\.?|de|la|le|les|des|el|&|-|–)$/;

/** Titles between quotation marks, *asterisks* or _underscores_ in a block, with the "(1979)" that may follow. */
export function markedTitles(text: string, block: TextSpan): NamedSpan[] {
  const titles: NamedSpan[] = [];
  for (const found of text.slice(block.start, block.end).matchAll(marked)) {
    const inner = found[1] ?? found[2] ?? found[3] ?? found[4] ?? "";
    const surface = inner
      .replace(/^["“]|["”]$/g, "")
      .replace(/(?<=[\p{L}\p{N}])[,;]$/u, "")
      .trim();
    if (!isTitleCase(surface) || /\n\s*\n/.test(surface)) continue;
    const start = block.start + found.index;
    titles.push(titleSpan(text, start, start + found[0].length, trimStop(surface), block.end));
  }
  return titles;
}

/** A full stop inside the marks belongs to the sentence, unless the title has more of them (E.T.). */
function trimStop(surface: string): string {
  return /^[^.]*[\p{L}\p{N}]\.$/u.test(surface) ? surface.slice(0, -1) : surface;
}

/**
 * Titles of the gazetteer that stand unmarked in a sentence. Of one word only where a year in brackets follows: "Up" and
 * "Big" are words first.
 */
export function knownTitles(
  text: string,
  sentence: TextSpan,
  gazetteer: Gazetteer,
  taken: readonly TextSpan[],
): NamedSpan[] {
  const titles: NamedSpan[] = [];
  const wordStart = /(?<![\p{L}\p{N}'’])[\p{Lu}\p{N}]\S*/gu;
  for (const found of text.slice(sentence.start, sentence.end).matchAll(wordStart)) {
    const start = sentence.start + found.index;
    const known = gazetteer.namesAt(text, start).find(({ end }) => end <= sentence.end && isWholeTitle(text, end));
    if (known === undefined) continue;
    const span = titleSpan(text, start, known.end, text.slice(start, known.end), sentence.end);
    const isSafe = span.year !== undefined || capitalWords(known.name) >= 2;
    if (isSafe && !overlapsAny(taken, span) && !overlapsAny(titles, span)) titles.push(span);
  }
  return titles;
}

/** Not "Rocky" in "Rocky Balboa" or "Rocky II", "Alien" in "Alien: Resurrection" or "Aliens", nor "Jaws" in "Jaws's". */
function isWholeTitle(text: string, end: number): boolean {
  return !/^(?:[\p{L}\p{N}]|['’]|:\s|-\p{L}|\s\p{Lu}|\s\d{1,2}\b)/u.test(text.slice(end, end + 6));
}

function capitalWords(name: string): number {
  return name.split(/\s+/).filter((word) => /^[\p{Lu}\p{N}]/u.test(word)).length;
}

const works = nounsOfWorks.join("|");
const defined = new RegExp(
  `^([\\p{Lu}\\p{N}][^;"“”*_()]{0,100}?)(?:\\s\\([^()]*\\))?(?:,?\\s(?:also\\s|originally\\s|better\\s|formerly\\s)?(?:known|released|titled)\\s(?:as|in)\\s[^,.;:]{1,80},?)?` +
    `(?:\\s(?:is|was)\\s(?:a|an|the)\\s[^.;]{0,120}?\\b(?:${works})\\b(?!['’-])(?!\\s(?:series|${personNouns.join("|")}))` +
    `|\\s(?:is|was)\\s[^.;]{0,160}?\\bdirected\\s(?:and\\s\\w+\\s)?by\\s\\p{Lu}|\\sstars\\s\\p{Lu})`,
  "u",
);
const noTitle =
  /^(?:It|He|She|They|We|I|You|This|That|These|Those|There|Here|What|Who|One|Another|Each|Both|Its|His|Her|Their|Directed|Written|Produced|Starring|Based|Featuring)\b/;

/** An unmarked title that a sentence begins with and defines: "Spirited Away is a 2001 Japanese animated film ...". */
export function definedTitle(text: string, sentence: TextSpan, taken: readonly TextSpan[]): NamedSpan | undefined {
  const surface = defined.exec(text.slice(sentence.start, sentence.end))?.[1];
  if (surface === undefined || noTitle.test(surface) || isStandIn(nameOfSurface(surface))) return undefined;
  if (!everyWordIsTitle(surface) || /,\s+\p{Lu}|\b(?:film|movie|series|novel|episode)s?$/iu.test(surface))
    return undefined;
  const span = titleSpan(text, sentence.start, sentence.start + surface.length, surface, sentence.end);
  return overlapsAny(taken, span) ? undefined : span;
}

function everyWordIsTitle(surface: string): boolean {
  return surface.split(/\s+/).every((word) => smallWords.test(word) || /^[^\p{L}]*(?:[\p{Lu}\p{N}]|$)/u.test(word));
}

function isTitleCase(surface: string): boolean {
  if (!/^[^\p{L}\p{N}]{0,2}[\p{Lu}\p{Lo}\p{N}]/u.test(surface)) return false;
  const words = surface.split(/\s+/).filter((word) => /\p{L}{4,}/u.test(word));
  const capital = words.filter((word) => /^[^\p{L}]*[\p{Lu}\p{Lo}]/u.test(word)).length;
  return words.length === 0 || capital / words.length >= 0.6;
}

function titleSpan(text: string, start: number, end: number, surface: string, limit: number): NamedSpan {
  const after = yearAfter.exec(text.slice(end, Math.min(limit, end + 40)));
  if (after === null) return { kind: "title", start, end, surface };
  return { kind: "title", start, end: end + after[0].length, surface, year: Number(after[1]) };
}
