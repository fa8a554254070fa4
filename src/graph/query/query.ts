import { foldLabel } from "../fold-label.ts";
import { cutText, maxQueryLength, maxQueryTokens } from "../limits.ts";

const firstFilmYear = 1870;
const lastYear = 2100;

/** A search text, understood. */
export interface Query {
  readonly fold: string;
  readonly tokens: readonly string[];
  /** The last word that may be a year. It may as well be part of a title ("Blade Runner 2049"). */
  readonly year: number | undefined;
  /** The fold without the year. */
  readonly foldWithoutYear: string;
}

/** Reads a search text. */
export function readQuery(text: string): Query {
  const fold = foldLabel(cutText(text, maxQueryLength));
  const tokens = fold === "" ? [] : fold.split(" ").slice(0, maxQueryTokens);
  const yearToken = tokens.findLast(
    (token) => /^\d{4}$/.test(token) && Number(token) >= firstFilmYear && Number(token) <= lastYear,
  );
  if (yearToken === undefined || tokens.length === 1) return { fold, tokens, year: undefined, foldWithoutYear: fold };
  const without = tokens.toSpliced(tokens.lastIndexOf(yearToken), 1);
  return { fold, tokens, year: Number(yearToken), foldWithoutYear: without.join(" ") };
}
