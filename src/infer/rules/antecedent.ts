import { nameOfSurface } from "../surface.ts";
import { type MaskedSentence, spansIn } from "./masked-sentence.ts";
import type { NamedSpan, TextSpan } from "./span.ts";
import type { Topic } from "./topic.ts";

/** The title that a topic names, and the passage that shows so. */
export interface Antecedent {
  readonly title: NamedSpan;
  readonly passage: TextSpan;
  /** False where "it" or "the film" had to be resolved. */
  readonly isNamed: boolean;
}

const opensWithStandIn =
  /^(?:it|he|she|they|(?:the|this|that|both) [a-z ]*?(?:films?|movies?|pictures?|novels?|books?|sequels?))\b/i;
const governedTitle = /\b(?:of|to|for|with|after|from|than|like|before|about|between|and|or) (?:(?:the|his|her) )?$/i;

/**
 * The title that a topic stands for. "It" and "the film" are resolved only where one title alone can be meant: in the
 * same sentence, or in the one before, which then becomes part of the passage.
 */
export function antecedentOf(
  topic: Topic,
  sentence: MaskedSentence,
  before: MaskedSentence | undefined,
): Antecedent | undefined {
  if (topic.kind === "title") {
    const title = spansIn(sentence, sentence.masked.slice(topic.start, topic.end), "title")[0];
    return title === undefined ? undefined : { title, passage: sentence.sentence, isNamed: true };
  }
  const earlier = spansIn(sentence, sentence.masked.slice(0, topic.start), "title");
  if (earlier.length > 0) return passageWith(onlyOne(earlier), sentence.sentence);
  if (before === undefined || opensWithStandIn.test(before.masked)) return undefined;
  const isPronoun = /^it$/i.test(sentence.masked.slice(topic.start, topic.end));
  const title = onlyOne(spansIn(before, before.masked, "title"));
  if (title === undefined || (isPronoun && isGoverned(before, title))) return undefined;
  return passageWith(title, { start: before.sentence.start, end: sentence.sentence.end });
}

function passageWith(title: NamedSpan | undefined, passage: TextSpan): Antecedent | undefined {
  return title === undefined ? undefined : { title, passage, isNamed: false };
}

/** The first of several titles if they are all of one name (a film and the novel it is made from), else none. */
function onlyOne(titles: readonly NamedSpan[]): NamedSpan | undefined {
  const names = new Set(titles.map((title) => nameOfSurface(title.surface)));
  return names.size === 1 ? titles[0] : undefined;
}

/** "Fans of T waited. It is about ..." does not say what it is. */
function isGoverned(sentence: MaskedSentence, title: NamedSpan): boolean {
  const at = sentence.spans.indexOf(title);
  const sign = [...sentence.masked.matchAll(/\uE001([\uE100-\uF8FF])/g)].find(
    (found) => sentence.spans[(found[1] as string).charCodeAt(0) - 0xe100] === sentence.spans[at],
  );
  return sign !== undefined && governedTitle.test(sentence.masked.slice(0, sign.index));
}
