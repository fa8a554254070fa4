/** What people and programs write into a column of labels. A label is a match, no match, or not given. */
const matchByWord: ReadonlyMap<string, boolean | null> = new Map([
  ...["1", "1.0", "true", "t", "yes", "y", "match", "same"].map((word) => [word, true] as const),
  ...["0", "0.0", "false", "f", "no", "n", "non-match", "nonmatch", "different"].map((word) => [word, false] as const),
  ...["", "unsure", "?"].map((word) => [word, null] as const),
]);

/** Whether a label says match; null where it says neither, undefined for a word that is no label. */
export function labelMatch(word: string): boolean | null | undefined {
  return matchByWord.get(word.trim().toLowerCase());
}

/** The words a label may be, for messages. */
export const labelWords =
  "1 or 0, true or false, yes or no, match or non-match, same or different; empty or unsure: left out";
