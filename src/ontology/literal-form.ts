import type { LiteralType } from "./ontology.ts";

/** The first year a literal may state: films are young, but books and people may be older than our era. */
const literalYearMin = -3000;
/** The last year a literal may state. */
const literalYearMax = 2200;
/** The longest text literal, in UTF-16 units. */
const maxLiteralLength = 100_000;

/** What is wrong with a value as a literal of that type, or undefined if nothing is. */
export function literalProblem(type: LiteralType, value: string | number): string | undefined {
  const seen = `${JSON.stringify(value)} is not a ${type}`;
  switch (type) {
    case "year":
      return Number.isInteger(value) && (value as number) >= literalYearMin && (value as number) <= literalYearMax
        ? undefined
        : `${seen}; expected a whole number from ${literalYearMin} to ${literalYearMax}`;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? undefined : `${seen}; expected a finite number`;
    case "date":
      return typeof value === "string" && isDate(value) ? undefined : `${seen}; expected a day as YYYY-MM-DD`;
    case "text":
      return typeof value === "string" && value.length > 0 && value.length <= maxLiteralLength
        ? undefined
        : `${seen}; expected 1 to ${maxLiteralLength} characters`;
  }
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
