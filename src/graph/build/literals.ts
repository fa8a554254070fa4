import type { LiteralType } from "../../ontology/index.ts";
import type { Draft } from "./draft.ts";
import { objectKinds } from "./statement-log.ts";

const msPerDay = 86_400_000;

/** A literal as the object of a statement. */
export interface LiteralObject {
  readonly objectKind: number;
  readonly object: number;
}

/**
 * A plain value as a literal of the wanted type, or undefined when it is none: a year is a whole number, and dates of
 * a field of kind `date` are days since 1970-01-01.
 */
export function literalObject(
  draft: Draft,
  range: LiteralType,
  value: string | number,
  fieldKind?: string,
): LiteralObject | undefined {
  if (range === "text") return textObject(draft, String(value));
  if (range === "date") return textObject(draft, typeof value === "number" ? isoDate(value) : value);
  const number = typeof value === "number" ? value : Number(value.trim() || Number.NaN);
  if (!Number.isFinite(number)) return undefined;
  if (range === "number") return { objectKind: objectKinds.number, object: draft.numbers.codeOf(number) };
  const year = fieldKind === "date" ? new Date(number * msPerDay).getUTCFullYear() : number;
  if (!Number.isInteger(year)) return undefined;
  return { objectKind: objectKinds.number, object: draft.numbers.codeOf(year) };
}

function textObject(draft: Draft, text: string): LiteralObject | undefined {
  const trimmed = text.trim();
  return trimmed === "" ? undefined : { objectKind: objectKinds.text, object: draft.texts.add(trimmed) };
}

function isoDate(days: number): string {
  return new Date(days * msPerDay).toISOString().slice(0, 10);
}
