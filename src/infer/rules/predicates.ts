import { pattern } from "./pattern.ts";
import { genreWords } from "./vocabulary.ts";

/** How a predicate's object is read from the groups of its pattern. */
export type ObjectReading = "title" | "same-name" | "names" | "phrase" | "year" | "genres" | "country";

/** Something said of the work that stands left of it: "... is a sequel to TITLE". */
export interface Predicate {
  readonly relation: string;
  readonly reading: ObjectReading;
  readonly pattern: RegExp;
}

/** Something said in one stretch, its subject included: "NAME directed TITLE". */
export interface Statement {
  readonly relation: string;
  readonly pattern: RegExp;
  /** Which group is the claim's subject; the other one is its object. */
  readonly subject: "names" | "title";
  readonly object: "names" | "title" | "year" | "title2";
}

function predicate(relation: string, reading: ObjectReading, source: string): Predicate {
  return { relation, reading, pattern: pattern(source) };
}

const author = "(?:,? (?:a|the) (?<noun2>{WORK}))?(?: (?:written )?by (?<author2>{NAME})(?!['’-]))?";
const made =
  "(?:loosely |partly |closely |itself |directly |faithfully )?(?:based (?:up)?on|adapted from|(?:an|the) (?:[\\p{L}-]+ ){0,2}?adaptation of)";
const genres = genreWords.join("|");
const parts = "(?:film|movie|instalment|installment|entry|part|chapter|book|novel)";
const date = "(?:\\d{1,2} [a-z]+,? |[a-z]+ \\d{1,2}(?:st|nd|rd|th)?,? |[a-z]+,? )?";

/** What English says of a work after naming it. Each is one way of saying it; what stands left is found elsewhere. */
export const predicates: readonly Predicate[] = [
  predicate(
    "sequel_of",
    "title",
    "\\b(?:{IS}{WORDS} )?(?:the|a|an)(?: [\\p{L}\\d-]+){0,3}? (?:sequel|follow-up|followup|continuation) (?:to|of) {OBJECT}",
  ),
  predicate("sequel_of", "title", "\\b(?:{IS}{WORDS} )(?:the )?(?:sequel|follow-up) (?:to|of) {OBJECT}"),
  predicate(
    "sequel_of",
    "title",
    "\\b(?:follows|continues|continued)(?: on from)?(?: (?:the )?(?:story|events|plot|tale)(?: (?:of|from|in))?)? {OBJECT}(?! with)",
  ),
  predicate(
    "sequel_of",
    "title",
    `\\b(?:{IS}{WORDS} )?the (?:second|third|fourth|fifth|sixth|seventh|eighth|next|last|final) ${parts} (?:in|of) (?:the|a|its) (?:[\\p{L}-]+ ){0,2}?(?:series|trilogy|franchise|saga|cycle),? (?:after|following) {OBJECT}`,
  ),
  predicate("based_on", "title", `\\b(?:{IS}{WORDS} )?${made} {OBJECT}${author}`),
  predicate(
    "based_on",
    "same-name",
    `\\b(?:{IS}{WORDS} )?${made} (?:the|a|an|(?<author1>{NAME})['’]s) (?:{YEAR} |[\\p{L}-]+ ){0,2}?(?<noun>{WORK}) (?:of|by|with) the same (?:name|title)(?: by (?<author2>{NAME})(?!['’-]))?`,
  ),
  predicate("about", "phrase", "\\b{IS} (?:really |mainly |mostly |chiefly |above all |also )?about "),
  predicate(
    "about",
    "phrase",
    "\\b{IS} (?:a|an|the) [^.;:]{0,60}?\\b(?:{WORK}|story|tale|drama|comedy|fable)(?: from [\\p{L} ]{2,30}?)? about ",
  ),
  predicate("about", "phrase", "\\b(?:tells|told|recounts|relates) the (?:[\\p{L}-]+ )?story of "),
  predicate("about", "phrase", "\\b(?:deals|dealt) with "),
  predicate("about", "phrase", "\\b(?:explores|examines) (?:the )?(?:(?:themes?|idea|subject|topic) of )?"),
  predicate(
    "directed",
    "names",
    "\\b(?:{IS}{WORDS} )?(?:co-)?directed(?:,? (?:and|written|produced|edited|co-written))* by {NAMES}",
  ),
  predicate(
    "wrote",
    "names",
    "\\b(?:{IS}{WORDS} )?(?:co-)?written(?:,? (?:and|directed|produced|edited|co-directed))* by {NAMES}",
  ),
  predicate("acted_in", "names", "\\b(?:stars|starred|starring|co-starring) {NAMES}"),
  predicate(
    "acted_in",
    "names",
    "\\bwith {NAMES} in the (?:lead|leads|leading|title|main|starring)(?: (?:role|roles|part|parts))?\\b",
  ),
  predicate(
    "released_in",
    "year",
    `\\b{IS} (?:first |originally )?(?:released|premiered|published)(?: theatrically| worldwide)? (?:in|on) ${date}(?<year>{YEAR})`,
  ),
  predicate("released_in", "year", "\\b(?:premiered|came out) in (?<year>{YEAR})"),
  predicate("released_in", "year", "\\b{IS} (?:a|an|the) (?<year>{YEAR}) (?:[^.;:,]{0,80}? )?{WORK}\\b(?!['’-])"),
  predicate("has_genre", "genres", "\\b{IS} (?:a|an|the) (?<genres>[^.;:]{0,100}?) {WORK}\\b(?! series)(?!['’-])"),
  predicate(
    "has_genre",
    "genres",
    `\\b{IS} (?:a|an) (?:(?:{YEAR}|[\\p{L}-]+) ){0,5}?(?<genres>(?:(?:${genres})[ -]?)+)(?=,|\\.|$| (?:directed|written|by|about|set|starring|from|that|which|based|and))`,
  ),
  predicate(
    "from_country",
    "country",
    "\\b{IS} (?:a|an|the) [^.;:]{0,80}?{WORK} from (?:the )?(?<country>\\p{L}+(?: \\p{L}+){0,2})",
  ),
];

/** What English says with the person, or both works, in it. */
export const statements: readonly Statement[] = [
  {
    relation: "directed",
    subject: "names",
    object: "title",
    pattern: pattern(
      "(?<names>{NAMES}) (?:wrote and |co-wrote and |produced and |also )?(?:directed|co-directed)(?: and (?:wrote|co-wrote|produced))? (?:the )?{ADJ}(?:(?<noun>{WORK}) )?(?<title>{TITLE})",
    ),
  },
  {
    relation: "wrote",
    subject: "names",
    object: "title",
    pattern: pattern(
      "(?<names>{NAMES}) (?:directed and )?(?:wrote|co-wrote)(?: and directed)? (?:the )?{ADJ}(?:(?<noun>{WORK}) )?(?<title>{TITLE})",
    ),
  },
  {
    relation: "directed",
    subject: "names",
    object: "title",
    pattern: pattern("(?<names>{NAME})['’]s {ADJ}(?:\\p{L}+ )?(?<noun>film|movie|picture),? (?<title>{TITLE})"),
  },
  {
    relation: "wrote",
    subject: "names",
    object: "title",
    pattern: pattern(
      "(?<names>{NAME})['’]s {ADJ}(?<noun>novel|novella|book|memoir|play|short story|graphic novel),? (?<title>{TITLE})",
    ),
  },
  {
    relation: "wrote",
    subject: "names",
    object: "title",
    pattern: pattern(
      "(?:the |a ){ADJ}(?<noun>novel|novella|book|memoir|play|short story|graphic novel) (?<title>{TITLE}) by (?<names>{NAME})(?!['’-])",
    ),
  },
  {
    relation: "wrote",
    subject: "names",
    object: "title",
    pattern: pattern(
      "(?<title>{TITLE}), (?:a|the) {ADJ}(?<noun>novel|novella|book|memoir|play|short story|graphic novel) by (?<names>{NAME})(?!['’-])",
    ),
  },
  {
    relation: "acted_in",
    subject: "names",
    object: "title",
    pattern: pattern(
      "(?<names>{NAMES}) (?:stars?|starred|co-stars?|co-starred|appears|appeared) in (?:the )?{ADJ}(?:(?<noun>{WORK}) )?(?<title>{TITLE})",
    ),
  },
  {
    relation: "sequel_of",
    subject: "title",
    object: "title2",
    pattern: pattern(
      "(?<title2>{TITLE}),? (?:which )?(?:was|is) followed by (?:the|a|its) (?:[\\p{L}-]+ )?sequel,? (?<title>{TITLE})",
    ),
  },
  {
    relation: "born_in",
    subject: "names",
    object: "year",
    pattern: pattern("(?<names>{NAME}),? (?:who )?(?:was )?born (?:in|on) [^.;()]{0,40}?(?<year>{YEAR})"),
  },
  {
    relation: "born_in",
    subject: "names",
    object: "year",
    pattern: pattern("(?<names>{NAME}) \\((?:born|b\\.) [^.;()]{0,25}?(?<year>{YEAR})"),
  },
];
