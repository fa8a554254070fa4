import { type MaskedSentence, spansIn } from "./masked-sentence.ts";
import type { ObjectReading } from "./predicates.ts";
import type { NamedSpan } from "./span.ts";
import { subjectPhrases } from "./subject-phrase.ts";
import { genreWords, isCountry } from "./vocabulary.ts";

/** A found object: a span of the document for names and titles, else the very characters. */
export type FoundObject = Pick<NamedSpan, "surface" | "year"> & { readonly noun?: string };

const genre = new RegExp(`(?<![\\p{L}-])(?:${genreWords.join("|")})(?![\\p{L}])`, "giu");

/** Reads the objects of a predicate from the groups its pattern found; none if the words there are of no use. */
export function readObjects(
  reading: Exclude<ObjectReading, "same-name">,
  text: string,
  sentence: MaskedSentence,
  found: RegExpExecArray,
): FoundObject[] {
  const groups = found.groups ?? {};
  switch (reading) {
    case "title":
      return titledWorks(sentence, groups);
    case "names":
      return creditedNames(sentence, groups.names ?? found[0]);
    case "year":
      return spansIn(sentence, groups.year ?? "", "year");
    case "phrase":
      return subjectPhrases(sentence.masked, found.index + found[0].length).map(({ start, end }) => ({
        surface: text.slice(sentence.positionOf(start), sentence.positionOf(end)),
      }));
    case "genres":
      return wordsOf(text, sentence, found, "genres", genre);
    case "country":
      return wordsOf(text, sentence, found, "country", /^.+$/g).flatMap(longestCountry);
  }
}

/** "the 1947 film T" gives the noun and the year of T. */
function titledWorks(sentence: MaskedSentence, groups: Readonly<Record<string, string>>): FoundObject[] {
  const noun = groups.noun ?? groups.noun2;
  const made = spansIn(sentence, groups.made ?? "", "year")[0];
  return spansIn(sentence, groups.title ?? "", "title").map((span) => {
    const year = span.year ?? (made === undefined ? undefined : Number(made.surface));
    return { surface: span.surface, ...(noun === undefined ? {} : { noun }), ...(year === undefined ? {} : { year }) };
  });
}

/** The people of a list, without the parts they play. */
export function creditedNames(sentence: MaskedSentence, list: string): NamedSpan[] {
  return spansIn(sentence, list.replace(/ \([^()]*\)/g, "").replace(/ as (?:the )?\uE002./g, ""), "name");
}

function wordsOf(
  text: string,
  sentence: MaskedSentence,
  found: RegExpExecArray,
  group: string,
  words: RegExp,
): FoundObject[] {
  const place = found.indices?.groups?.[group];
  if (place === undefined) return [];
  return [...sentence.masked.slice(place[0], place[1]).matchAll(words)].map((word) => {
    const start = place[0] + word.index;
    return { surface: text.slice(sentence.positionOf(start), sentence.positionOf(start + word[0].length)).trim() };
  });
}

function longestCountry({ surface }: FoundObject): FoundObject[] {
  const words = surface.split(/\s+/);
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join(" ");
    if (isCountry(name)) return [{ surface: name }];
  }
  return [];
}
