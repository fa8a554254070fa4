import { harmlessAdjectives, nounsOfWorks } from "./vocabulary.ts";

const title = "\\uE001[\\uE100-\\uF8FF]";
const name = "\\uE002[\\uE100-\\uF8FF]";
const year = "\\uE003[\\uE100-\\uF8FF]";
const works = `(?:${nounsOfWorks.map((noun) => noun.replace(" ", " +")).join("|")})`;
const adjectives = `(?:${harmlessAdjectives.join("|")})`;
const credited = `${name}(?: \\([^()]{0,60}\\))?(?:,? as (?:${name}|[^,.;()\\uE001-\\uE003]{1,50}?)(?=,| and\\b|[.;]|$))?`;

/** What a pattern may write in braces. */
const macros: Readonly<Record<string, string>> = {
  TITLE: title,
  NAME: name,
  YEAR: year,
  WORK: works,
  /** People in a row: A, B (as C) and D. */
  NAMES: `${credited}(?:(?:,? and|,| &) ${credited})*(?!['’-])`,
  IS: "(?:is|was)",
  /** Up to four words between a verb and what it says; "not" may be among them, and is looked for there. */
  WORDS: "(?:,? [\\p{L}'’-]+){0,4}?",
  ADJ: `(?:(?:${year}|${adjectives}) )*`,
  /** A work with what may stand before it: "the novel T", "Ridley Scott's T", "his first film T". */
  OBJECT:
    `(?:(?:the|a|an|his|her|its|their) )?(?:(?<author1>${name})['’]s )?(?:(?:(?<made>${year})|${adjectives}) )*` +
    `(?:(?<noun>${works}) )?(?:(?:called|titled|entitled|named) )?(?<title>${title})`,
};

/**
 * A pattern over masked sentences: a regular expression in which {TITLE}, {NAMES} ... stand for what was recognised, and
 * a blank for any number of blanks.
 */
export function pattern(source: string): RegExp {
  const expanded = source.replace(/\{([A-Z]{2,})\}/g, (all, macro: string) => macros[macro] ?? all);
  return new RegExp(expanded.replace(/ (?![+*?{])/g, " +"), "dgiu");
}
