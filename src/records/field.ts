import type { ColumnKind } from "../columns/index.ts";
import { identifierSchemeNames } from "./identifiers/scheme.ts";

/**
 * What a field holds, which decides how it is cleaned, which block keys it gives and how it is compared.
 * `level` is where a work stands: film, series, season, episode; records of two levels are never the same thing.
 * `isbn` and the others of {@link identifierSchemeNames} are identifiers that can be checked; `coordinates` are a latitude and a
 * longitude, and an `embedding` is the vector that a model made of a text.
 */
export const fieldKinds = [
  "title",
  "name",
  "personList",
  "year",
  "date",
  "number",
  "category",
  "country",
  "coordinates",
  "text",
  "embedding",
  "identifier",
  ...identifierSchemeNames,
  "level",
] as const;

/** One of {@link fieldKinds}. */
export type FieldKind = (typeof fieldKinds)[number];

/** A field of cleaned records: the same name and kind in every source of its entity type. */
export interface Field {
  /** The canonical name, such as `title`, `directors`, `year`. */
  readonly name: string;
  readonly kind: FieldKind;
  /** True when a record may have several values (genres, cast, alternative titles). */
  readonly list: boolean;
}

/** How a field is stored: years, dates (days since 1970-01-01) and numbers as numbers, all others as text or texts. */
export function columnKindOf(field: Field): ColumnKind {
  if (field.kind === "year" || field.kind === "date" || field.kind === "number") return "number";
  return field.list ? "textList" : "text";
}
