/**
 * Gives a passage the blanks and line breaks that the text has: models copy a wrapped line as one. Everything else must
 * agree character by character; where it does not, the passage comes back as it was, to be rejected by the verifier.
 */
export function alignToDocument(passage: string, text: string, from: number): string {
  if (passage === "" || text.indexOf(passage, from) !== -1) return passage;
  const words = passage.trim().split(/\s+/).map(escaped);
  if (words.length > maxAlignedWords) return passage;
  const expression = new RegExp(words.join("\\s+"), "gu");
  expression.lastIndex = from;
  return expression.exec(text)?.[0] ?? passage;
}

/** The longest passage that is aligned, in words. */
const maxAlignedWords = 400;

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
