import { type NamedSpan, overlapsAny, type TextSpan } from "./span.ts";

const word = String.raw`(?:\p{Lu}['’])?\p{Lu}[\p{L}\p{M}]*(?:-\p{L}[\p{L}\p{M}]*)*`;
const initials = String.raw`(?:\p{Lu}\.-?)+`;
const part = String.raw`(?!(?:Jr|Sr)\b)(?:${initials}|${word})`;
const particle = "(?:de|da|di|do|du|dos|das|del|della|des|der|den|van|von|zu|la|le|el|al|bin|ibn|ter|ten|y)";
const personName = new RegExp(
  String.raw`(?<![\p{L}\p{N}.'’-])${part}(?:\s+(?:${particle}\s+){0,2}${part}){1,4}(?:,?\s+(?:Jr|Sr)\.)?(?![\p{L}])`,
  "gu",
);
/** Words that begin with a capital at the head of a sentence, or stand before a name, and are no part of it. */
const leads = new Set(
  (
    "The A An In On At As When While After Before Although Though Since Because But And Or Both If Its His Her Their Director " +
    "Directors Writer Producer Actor Actress Author Novelist Star Stars Starring Sir Dame Lord Lady Dr Mr Mrs Ms Unlike Like By " +
    "With From For Of To Also Only Even Here There Then Directed Written Based Half Where What Who Why How"
  ).split(" "),
);
/** A name that ends so is a company's or a place's. */
const notPeople = new Set(
  (
    "Studio Studios Pictures Films Film Productions Production Entertainment Company Companies Inc Ltd Bros Brothers Corporation " +
    "Corp Television Network Channel Media Group Animation Records Press House Books Street City Party Award Awards Prize Festival " +
    "University College Church Army Union States Kingdom Republic Sea Island Islands Mountains River War Academy Theatre " +
    "Theater Orchestra Band Club League Cup Museum Institute Association Council Kids"
  ).split(" "),
);

/** Names of two words or more that can be a person's, outside of what is taken already. A guess: rules use it only in a person's place. */
export function personNames(text: string, sentence: TextSpan, taken: readonly TextSpan[]): NamedSpan[] {
  const names: NamedSpan[] = [];
  for (const found of text.slice(sentence.start, sentence.end).matchAll(personName)) {
    const lead = leadLength(found[0]);
    const surface = found[0].slice(lead);
    const start = sentence.start + found.index + lead;
    const span: NamedSpan = { kind: "name", start, end: start + surface.length, surface };
    if (/\s/.test(surface) && !notPeople.has(lastWord(surface)) && !overlapsAny(taken, span)) names.push(span);
  }
  return names;
}

function leadLength(name: string): number {
  let length = 0;
  for (;;) {
    const found = /^(\p{L}+)\.?\s+/u.exec(name.slice(length));
    if (found === null || !leads.has(found[1] as string)) return length;
    length += found[0].length;
  }
}

function lastWord(name: string): string {
  return /[\p{L}-]+$/u.exec(name.replace(/\.$/, ""))?.[0] ?? "";
}

/** Years from 1800 to 2099 that stand alone. */
export function years(text: string, sentence: TextSpan, taken: readonly TextSpan[]): NamedSpan[] {
  const found = text
    .slice(sentence.start, sentence.end)
    .matchAll(/(?<![\p{L}\p{N}.,-])(?:1[89]|20)\d\d(?![\p{L}\p{N}]|[.,]\d|-)/gu);
  return [...found]
    .map(({ 0: surface, index }): NamedSpan => {
      const start = sentence.start + index;
      return { kind: "year", start, end: start + surface.length, surface };
    })
    .filter((span) => !overlapsAny(taken, span));
}
