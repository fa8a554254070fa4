import type { Field } from "../field.ts";

/** Marks that stand for "no value" in every field. */
const marks = ["", "\\n", "n/a", "#n/a", "n.a.", "null", "-", "--", "---", "–", "—", "?", "??", "...", "."];
/** Words that do so where they could not be the value itself. */
const words = [
  "unknown",
  "none",
  "nan",
  "na",
  "nil",
  "undefined",
  "not available",
  "not given",
  "unspecified",
  "tba",
  "tbd",
];

const markSet: ReadonlySet<string> = new Set(marks);

/** The usual placeholders, lower case. */
export const usualPlaceholders: readonly string[] = [...marks, ...words];

/** The placeholder rule in words, for people. */
export function describePlaceholders(placeholders: readonly string[]): string {
  if (placeholders.length === 0) return "none: every value counts as it stands";
  const extra = placeholders.filter((word) => !usualPlaceholders.includes(word)).map((word) => `"${word}"`);
  const more = extra.length === 0 ? "" : `, and as configured ${extra.join(", ")}`;
  return `N/A, \\N, null, -, --, ?, empty${more} become null in any field; Unknown, None, NaN, NA, TBA and the like too, but not in titles, which may be such words`;
}

/**
 * Whether a trimmed value stands for "no value" in a field of that kind. A film may be called "Unknown" or "None", so in
 * titles only marks count; NA is the code of Namibia; a configured placeholder counts everywhere.
 */
export function placeholderRule(
  placeholders: readonly string[],
  field: Pick<Field, "name" | "kind">,
): (value: string) => boolean {
  const usual = new Set(usualPlaceholders);
  const places = field.kind === "country" || /countr|nation|code|iso/.test(field.name);
  const counting = placeholders.filter((word) => {
    if (places && word === "na") return false;
    return field.kind !== "title" || markSet.has(word) || !usual.has(word);
  });
  const set = new Set(counting);
  const longest = counting.reduce((most, word) => Math.max(most, word.length), 0);
  return (value) => value.length <= longest && set.has(value.toLowerCase());
}
