/** The longest label kept, in UTF-16 units; a longer one is cut and marked with an ellipsis. */
export const maxLabelLength = 2_000;

/** The most alternative labels an entity keeps, the most common first. */
export const maxAlternativeLabels = 50;

/** The longest text literal kept, in UTF-16 units; a longer one is cut and marked with an ellipsis. */
export const maxTextLength = 200_000;

/** The most lines of `unresolved.jsonl`; the manifest counts all of them. */
export const maxUnresolvedLines = 100_000;

/** The most hits, proposals or entities one answer lists, whatever is asked for. */
export const maxAnswerLength = 1_000;

/** The most members, and claims, and neighbours of one relation, that the view of an entity lists. */
export const maxViewLength = 500;

/** The most provenances one claim of a view lists. */
export const maxProvenanceLength = 50;

/** The most reasons a proposal names. */
export const maxReasons = 5;

/** The longest search text read, in UTF-16 units. */
export const maxQueryLength = 300;

/** The most words of a search text that are looked up. */
export const maxQueryTokens = 16;

/** The longest path looked for. */
export const maxPathDepth = 6;

/** A text of at most `length` units, cut before a surrogate pair is torn. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 2);
  const end = last >= 0xd800 && last <= 0xdbff ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}
