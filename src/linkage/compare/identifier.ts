import type { ComparisonSettings } from "../settings.ts";
import { checkedIdentifier } from "./checked-identifier.ts";
import { comparisonOfTexts } from "./comparison-of-texts.ts";
import type { Comparison } from "./contract.ts";

/** Text beyond this is not looked at. */
const charactersMax = 1024;

/** An identifier without its punctuation and case: "978-3-16" and "978316" are one. */
export function identifierKey(text: string): string {
  return text
    .slice(0, charactersMax)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Compares identifiers that several sources share, such as a phone number; with a `scheme` as {@link checkedIdentifier} does. */
export function identifierComparison({ scheme }: ComparisonSettings): Comparison {
  return scheme === undefined ? asWritten : checkedIdentifier(scheme);
}

const asWritten = comparisonOfTexts({
  levels: [
    { label: "different identifiers", m: 0.03, u: 0.99, weightMax: 0 },
    { label: "same identifier", m: 0.97, u: 0.0005, weightMin: 0 },
  ],
  valueKeys: (text) => [identifierKey(text)].filter((key) => key !== ""),
  read: (text) => identifierKey(text) || null,
  level: (a, b) => (a === b ? 2 : 1),
});
