import { columnAsText } from "./column-as-text.ts";
import { type Comparison, nullLevel } from "./contract.ts";
import { preparedTexts } from "./prepare.ts";

/** An identifier without its punctuation and case: "978-3-16" and "978316" are one. */
export function identifierKey(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Compares identifiers that several sources share, such as a phone number or an ISBN. */
export const identifierComparison: Comparison = {
  levels: [
    { label: "different identifiers", m: 0.03, u: 0.99, weightMax: 0 },
    { label: "same identifier", m: 0.97, u: 0.0005, weightMin: 0 },
  ],
  ascending: [1, 2],
  agreesFrom: 2,
  disagreesUpTo: 1,
  valueKeys: (text) => [identifierKey(text)].filter((key) => key !== ""),
  prepare(column) {
    const at = preparedTexts(columnAsText(column), (text) => identifierKey(text) || null);
    return (left, right) => {
      const a = at(left);
      const b = at(right);
      return a === null || b === null ? nullLevel : a === b ? 2 : 1;
    };
  },
};
