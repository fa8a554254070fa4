import { pattern } from "./pattern.ts";

/** The work that a predicate speaks of, as a place in a masked sentence. */
export interface Topic {
  readonly kind: "title" | "stand-in";
  /** Where its sign, or the words that stand for it, begin and end. */
  readonly start: number;
  readonly end: number;
  /** What it is called there or in what is said of it: "film", "novel". */
  readonly noun?: string;
}

const standIn = "(?:it|(?:the|this|that) (?<noun>film|movie|picture|novel|book|series|documentary|sequel))";
/** What may stand between a title and its verb: other names of the same thing. */
const alias =
  "(?: \\([^()]{0,150}\\))?(?:,? (?:also |originally |better |formerly )?(?:known|released|titled) (?:as|in) [^,.;:]{1,80},?)?";
const participles =
  /(?:(?: |^)(?:(?:is|was) )?(?:(?:co-)?(?:written|produced|edited|directed|created|scored|narrated|filmed|shot)\b,?(?: and)? ?)+)$/i;
const directTitle = pattern(`(?:(?<noun>{WORK}),? )?(?<title>{TITLE})${alias},?$`);
const governed = pattern(
  "\\b(?:of|to|for|with|after|from|in|by|than|like|on|before|about|between|into|over|under|behind|both|via|using)" +
    "(?: (?:the|his|her|its|a|an))?(?: {NAME}['’]s)?(?: {ADJ})? ?$",
);
const clauseStandIn = pattern(`(?:^|[,;:] (?:and |but |so )?|\\band )(?<topic>${standIn})(?: also| itself| then)?$`);
const description = pattern(
  " {IS}(?: both)? (?:a|an|the) [^;:\\uE001]*?(?<noun>{WORK})(?:,| (?:that|which) (?:is|was))?$",
);
const apposition = pattern("(?<title>{TITLE}), (?:a|an|the) [^,;:\\uE001]*?(?<noun>{WORK})$");
const sentenceTitle = pattern(
  `^(?:(?:in {YEAR},? |the |{NAME}['’]s )?{ADJ}(?:(?<noun>{WORK}),? )?)(?<title>{TITLE})${alias}`,
);
const sentenceStandIn = pattern(`^(?<topic>${standIn})\\b`);
const relativeTitle = pattern("(?<title>{TITLE}), which ([^,;:]*)$");
const joined = /(?:,|,? and|,? but|,? and (?:also|then))$/;
const otherClause = /\b(?:who|whom|whose|where|when|while|because|if|he|she|they|it|that|whereas)\b/i;
const relative = /,? (?:which|that)$/;
const fronted = pattern("^,? (?:(?:the )?(?<noun>{WORK}) )?(?<title>{TITLE})");

/**
 * Finds what a predicate speaks of: the title before it, the title whose description it ends, the subject of the
 * sentence where verbs are joined by "and", the title after it where it opens the sentence; or words that stand for a title.
 * Undefined where that is not plain.
 */
export function findTopic(masked: string, start: number, end: number): Topic | undefined {
  const finite = isFiniteVerb(masked.slice(start, end));
  const all = masked.slice(0, start).trimEnd();
  const left = finite ? all : all.replace(participles, "").trimEnd();
  return left === "" ? topicAfter(masked, end) : topicBefore(left, finite);
}

/** A finite verb needs its own subject before it; a participle belongs to whatever stands nearest. */
function isFiniteVerb(predicate: string): boolean {
  return /^(?:is|was|stars|starred|follows|continues|continued|tells|told|recounts|relates|deals|dealt|explores|examines|premiered|came)\b/i.test(
    predicate,
  );
}

function topicAfter(masked: string, end: number): Topic | undefined {
  const found = first(fronted, masked.slice(end));
  return found === undefined ? undefined : titleTopic(found, end);
}

function topicBefore(left: string, finite: boolean): Topic | undefined {
  const described = finite ? undefined : (first(description, left) ?? undefined);
  if (described !== undefined)
    return withNoun(topicBefore(left.slice(0, described.index), true), described.groups?.noun);
  const clause = relative.exec(left);
  const subject = clause === null ? left : left.slice(0, clause.index);
  const direct = first(directTitle, subject);
  if (direct !== undefined && isOwnSubject(subject, direct, finite && clause === null)) return titleTopic(direct, 0);
  const apposed = finite ? undefined : first(apposition, left);
  if (apposed !== undefined) return titleTopic(apposed, 0);
  if (clause !== null) return undefined;
  const stand = first(clauseStandIn, left);
  if (stand !== undefined) return standInTopic(stand);
  return joined.test(left) ? subjectOfSentence(left) : undefined;
}

/** In "the sequel to T is based on" T is not the subject; nor in "fans of T, directed by". */
function isOwnSubject(left: string, found: RegExpExecArray, mustBeFree: boolean): boolean {
  if (!mustBeFree) return true;
  return !found[0].endsWith(",")
    ? first(governed, left.slice(0, found.index)) === undefined
    : subjectStart(left) === found.index;
}

function subjectStart(left: string): number {
  return first(sentenceTitle, left)?.index ?? -1;
}

function subjectOfSentence(left: string): Topic | undefined {
  const relativeSubject = first(relativeTitle, left.replace(joined, ""));
  if (relativeSubject !== undefined && !otherClause.test(relativeSubject[2] as string))
    return titleTopic(relativeSubject, 0);
  const title = first(sentenceTitle, left);
  const found = title ?? first(sentenceStandIn, left);
  if (found === undefined) return undefined;
  const between = left.slice(found[0].length).replace(joined, "");
  if (otherClause.test(between)) return undefined;
  return title === undefined ? standInTopic(found) : titleTopic(found, 0);
}

function titleTopic(found: RegExpExecArray, offset: number): Topic {
  const title = found.groups?.title as string;
  const start = offset + found.index + found[0].lastIndexOf(title);
  return withNoun({ kind: "title", start, end: start + title.length }, found.groups?.noun);
}

function standInTopic(found: RegExpExecArray): Topic {
  const words = found.groups?.topic as string;
  const start = found.index + found[0].indexOf(words);
  return withNoun({ kind: "stand-in", start, end: start + words.length }, found.groups?.noun);
}

function withNoun<T extends Topic | undefined>(topic: T, noun: string | undefined): T {
  return topic === undefined || noun === undefined || topic.noun !== undefined ? topic : { ...topic, noun };
}

function first(expression: RegExp, text: string): RegExpExecArray | undefined {
  expression.lastIndex = 0;
  return expression.exec(text) ?? undefined;
}
