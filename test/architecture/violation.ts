/** A broken rule of the house: where, what was seen, and what to do about it. */
export interface Violation {
  /** Path from the repository's root, with `/`. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly what: string;
  readonly todo: string;
}

/** One violation a line, in the order of files and lines: `file:line what -> what to do`. */
export function violationsToText(violations: readonly Violation[]): string {
  return [...violations]
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .map(({ file, line, what, todo }) => `${file}:${line} ${what} -> ${todo}`)
    .join("\n");
}
