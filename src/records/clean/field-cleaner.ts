import type { Value } from "../../columns/index.ts";
import { columnKindOf, type Field, type FieldKind } from "../field.ts";
import type { IdentifierScheme } from "../identifiers/scheme.ts";
import { identifierSchemes } from "../identifiers/schemes.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { dayNumber, parseDay } from "./date.ts";
import { isLevelWord, parseLevel } from "./level.ts";
import { distinctParts, splitList } from "./list.ts";
import { parseMinutes, parseNumber } from "./number.ts";
import { cleanCredit } from "./person.ts";
import { placeholderRule } from "./placeholder.ts";
import { cleanText } from "./text.ts";
import { parseYear } from "./year.ts";

/** What a cleaner needs to know of a field's plan. */
export interface CleanerSpec {
  readonly field: Field;
  readonly separator: string | null;
  readonly newestYear: number | null;
  /** Texts are taken letter for letter. */
  readonly asWritten?: boolean;
}

/** What cleaning did, counted as it goes. */
export interface CleanCounts {
  /** By placeholder as written. */
  readonly placeholders: Map<string, number>;
  /** Years moved back by 100, by field name. */
  readonly movedYears: Map<string, number>;
  /** Values that could not be read as their kind, by field name. */
  readonly unreadable: Map<string, number>;
  /** How many counts were taken in all. */
  total: number;
}

/** Fresh counts. */
export function newCleanCounts(): CleanCounts {
  return { placeholders: new Map(), movedYears: new Map(), unreadable: new Map(), total: 0 };
}

/** Cleans the raw values of one field of one record, one for each column it is made from. */
export type FieldCleaner = (raws: readonly RawValue[]) => Value;

/** The cleaner of a field: placeholders become null, lists are split, each value is read as its kind. */
export function fieldCleaner(spec: CleanerSpec, placeholders: readonly string[], counts: CleanCounts): FieldCleaner {
  const { field } = spec;
  if (spec.asWritten === true && columnKindOf(field) !== "number") return writtenCleaner(spec);
  const isPlaceholder = placeholderRule(placeholders, field);
  const read = valueReader(spec, counts);
  const text = (raw: RawValue): string => {
    const trimmed = String(raw).trim();
    if (!isPlaceholder(trimmed)) return trimmed;
    if (trimmed !== "") increment(counts, "placeholders", trimmed);
    return "";
  };
  const single = (raw: RawValue): Value => {
    const trimmed = text(raw);
    return trimmed === "" ? null : read(trimmed);
  };
  if (!field.list) return singleCleaner(single, field.kind);
  const part = (raw: string): string => String(single(raw) ?? "");
  return listCleaner(part, spec.separator);
}

/** Takes texts as they stand. */
function writtenCleaner({ field, separator }: CleanerSpec): FieldCleaner {
  const written = (raw: RawValue): string => String(raw ?? "");
  if (!field.list) return singleCleaner((raw) => written(raw) || null, field.kind);
  return listCleaner(written, separator);
}

function increment(counts: CleanCounts, what: "placeholders" | "movedYears" | "unreadable", key: string): void {
  counts[what].set(key, (counts[what].get(key) ?? 0) + 1);
  counts.total++;
}

/** A list in the source is one value of these kinds. */
const joined: ReadonlySet<FieldKind> = new Set(["text", "category", "country", "coordinates", "embedding"]);

function singleCleaner(single: (raw: RawValue) => Value, kind: FieldKind): FieldCleaner {
  const first = (raw: RawValue): Value => {
    if (raw === null) return null;
    if (typeof raw !== "object") return single(raw);
    if (joined.has(kind)) return single(raw.join(", "));
    return raw.map(single).find((value) => value !== null) ?? null;
  };
  return (raws) => {
    if (raws.length === 1) return first(raws[0] as RawValue);
    const values = raws.map(first).filter((value) => value !== null);
    if (values.length === 0) return null;
    if (kind === "coordinates") return values.length === raws.length ? values.join(",") : null;
    return kind === "name" || kind === "text" ? values.join(" ") : (values[0] as Value);
  };
}

function listCleaner(part: (raw: string) => string, separator: string | null): FieldCleaner {
  const listOf = (raw: RawValue): readonly string[] => {
    if (raw === null) return [];
    if (typeof raw === "object") return distinctParts(raw, part);
    return splitList(String(raw), separator, part);
  };
  return (raws) => {
    const values = raws.length === 1 ? listOf(raws[0] as RawValue) : [...new Set(raws.flatMap(listOf))];
    return values.length === 0 ? null : values;
  };
}

/** Reads a trimmed text that is no placeholder; null for what is no such value. */
function valueReader(spec: CleanerSpec, counts: CleanCounts): (text: string) => string | number | null {
  const { field, newestYear } = spec;
  const counted = (read: (text: string) => string | number | null) => (text: string) => {
    const value = read(text);
    if (value === null) increment(counts, "unreadable", field.name);
    return value;
  };
  const moved = (): void => increment(counts, "movedYears", field.name);
  switch (field.kind) {
    case "year":
      return counted((text) => moveYear(parseYear(text, newestYear), newestYear, moved));
    case "date":
      return counted((text) => readDate(text, newestYear, moved));
    case "number":
      return counted(field.name === "runtime" ? parseMinutes : parseNumber);
    case "level":
      return (text) => (isLevelWord(text) ? parseLevel(text) : counted(parseLevel)(text));
    case "personList":
      return cleanCredit;
    case "identifier":
    case "embedding":
      return (text) => text;
    case "isbn":
    case "issn":
    case "gtin":
    case "eidr":
    case "orcid":
    case "imdb":
      return writtenAs(identifierSchemes[field.kind]);
    default:
      return cleanText;
  }
}

/** As the scheme writes it; one that is not well formed stays as it is, and is compared as such. */
function writtenAs(scheme: IdentifierScheme): (text: string) => string {
  return (text) => scheme.canonical(text) ?? text;
}

function moveYear(year: number | null, newestYear: number | null, moved: () => void): number | null {
  if (year === null || newestYear === null || year <= newestYear) return year;
  moved();
  return year - 100;
}

const newestPlainYear = 2099;

function readDate(text: string, newestYear: number | null, moved: () => void): number | null {
  const day = parseDay(text, newestYear ?? newestPlainYear);
  if (!day) return null;
  const year = moveYear(day.year, newestYear, moved) as number;
  return dayNumber({ ...day, year });
}
