import { parseDay } from "../clean/date.ts";
import { isLevelWord, parseLevel } from "../clean/level.ts";
import { parseMinutes, parseNumber } from "../clean/number.ts";
import { usualPlaceholders } from "../clean/placeholder.ts";
import { parseYear } from "../clean/year.ts";
import type { FieldKind } from "../field.ts";
import { checkedSchemeOf } from "../identifiers/scheme-of.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { keyOfColumn, wordsOfColumn } from "./column-name.ts";
import { personShare, separatorOfUnknown } from "./separator.ts";
import type { ColumnProfile } from "./source-profile.ts";
import { bookkeepingColumns } from "./vocabulary.ts";

/** A sampled value: a number or truth value as text, an empty list as null. */
export type SampleValue = string | readonly string[] | null;

/** A raw value as a sample holds it. */
export function sampleValueOf(raw: RawValue | undefined): SampleValue {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === "object") return raw.length === 0 ? null : raw;
  return String(raw);
}

const samplesShown = 3;
const newestYearGuess = 2035;

/** What values say about a column, whatever it is called. */
export interface ValueKind {
  readonly kind: FieldKind;
  readonly list: boolean;
  readonly separator: string | null;
  readonly why: string;
}

/** Profiles a column from its sampled values. */
export function profileColumn(
  name: string,
  values: readonly SampleValue[],
  placeholders: readonly string[],
): ColumnProfile {
  const counts: Record<string, number> = {};
  const set = new Set(placeholders);
  const kept = values.filter((value): value is string | readonly string[] => {
    if (value === null) return false;
    const text = typeof value === "string" ? value.trim().toLowerCase() : null;
    if (text === null || !set.has(text)) return true;
    if (text !== "") counts[String(value).trim()] = (counts[String(value).trim()] ?? 0) + 1;
    return false;
  });
  const texts = kept.map((value) => (typeof value === "string" ? value : value.join("|")));
  const distinct = new Set(texts);
  return {
    name,
    filled: values.length === 0 ? 0 : kept.length / values.length,
    distinct: texts.length === 0 ? 0 : distinct.size / texts.length,
    samples: [...distinct].slice(0, samplesShown),
    ...(kept.length === 0 ? noKind : kindOfValues(name, kept)),
    placeholders: counts,
  };
}

const noKind = { kind: "empty", list: false, separator: null, why: "no value" } as const;

/** The usual placeholders, or those with the source's own. */
export function placeholdersOf(configured: readonly string[] | undefined): readonly string[] {
  if (configured === undefined) return usualPlaceholders;
  if (configured.length === 0) return [];
  return [...new Set([...usualPlaceholders, ...configured.map((word) => word.trim().toLowerCase())])];
}

/** The share of texts for which `test` holds, 0 to 1. */
export function shareOf(texts: readonly string[], test: (text: string) => boolean): number {
  return texts.length === 0 ? 0 : texts.filter((text) => test(text.trim())).length / texts.length;
}

/** Whether the share of texts for which `test` holds is at least `least`: most columns are told by their first texts. */
function isShareOf(texts: readonly string[], least: number, test: (text: string) => boolean): boolean {
  const failingMax = texts.length * (1 - least) + 1;
  let failed = 0;
  for (const text of texts) if (!test(text.trim()) && ++failed > failingMax) return false;
  return texts.length > 0 && (texts.length - failed) / texts.length >= least;
}

/** Tests for kinds of values, at least 90 % of which must pass. */
const passing = 0.9;

function kindOfValues(name: string, values: readonly (string | readonly string[])[]): ValueKind {
  const texts = values.flatMap((value) => (typeof value === "string" ? [value] : value));
  if (values.some((value) => typeof value !== "string")) return kindOfParts(texts, null, "lists in the source");
  return kindOfSigns(name, texts) ?? kindOfNumbers(name, texts) ?? kindOfWords(texts);
}

function one(kind: FieldKind, why: string): ValueKind {
  return { kind, list: false, separator: null, why };
}

/** Addresses, dates and ids: values with a shape of their own. */
function kindOfSigns(name: string, texts: readonly string[]): ValueKind | undefined {
  const scheme = checkedSchemeOf(texts);
  if (scheme !== undefined) return one(scheme.name, `${scheme.label}s, whose check digits are right`);
  if (isShareOf(texts, passing, (text) => /^(?:https?:\/\/|www\.)\S+$/i.test(text)))
    return one("identifier", "web addresses");
  if (isShareOf(texts, passing, (text) => /^\S+@\S+\.\S+$/.test(text))) return one("identifier", "e-mail addresses");
  if (isShareOf(texts, passing, (text) => parseDay(text, newestYearGuess) !== null)) return one("date", "dates");
  if (
    /\b(?:id|uuid|guid|url|uri|href|link|isbn|doi|code|sku|key|curid)$/.test(wordsOfColumn(name)) &&
    uniqueShare(texts) > 0.5
  ) {
    return one("identifier", "named as an id, mostly unique");
  }
  if (isShareOf(texts, passing, (text) => /^[+()\d][\d\s()./+-]{6,19}$/.test(text) && !/^\d+\.?\d*$/.test(text))) {
    return one("identifier", "telephone numbers");
  }
  if (uniqueShare(texts) > 0.95 && isShareOf(texts, passing, (text) => /^(?=\S*\d)(?=\S*\p{L})\S+$/u.test(text))) {
    return one("identifier", "unique signs with digits");
  }
  return undefined;
}

function uniqueShare(texts: readonly string[]): number {
  return new Set(texts).size / Math.max(1, texts.length);
}

function kindOfNumbers(name: string, texts: readonly string[]): ValueKind | undefined {
  if (isShareOf(texts, passing, isLevelWord) && texts.some((text) => parseLevel(text) !== null))
    return one("level", "words such as movie, series");
  const named = /\b(?:year|yr|born|died)\b|year$/.test(wordsOfColumn(name));
  if (named && isShareOf(texts, passing, (text) => parseYear(text, null) !== null)) return one("year", "years");
  if (texts.length > 0 && !isShareOf(texts, passing, (text) => parseNumber(text) !== null)) {
    return isShareOf(texts, passing, (text) => parseMinutes(text) !== null) ? one("number", "durations") : undefined;
  }
  const numbers = texts.map((text) => parseNumber(text.trim()));
  const years = numbers.filter(
    (number) => number !== null && Number.isInteger(number) && number >= 1870 && number <= newestYearGuess,
  );
  if (years.length === texts.length && texts.length >= 20 && uniqueShare(texts) < 0.5)
    return one("year", "whole numbers that are years");
  return isRunning(numbers) ? one("identifier", "running numbers, each its own") : one("number", "numbers");
}

/** Whole numbers that hardly repeat and lie close together count records; they say nothing about them. */
function isRunning(numbers: readonly (number | null)[]): boolean {
  if (numbers.length < 20 || numbers.some((number) => number === null || !Number.isInteger(number) || number < 0))
    return false;
  const values = numbers as readonly number[];
  const range =
    values.reduce((most, value) => Math.max(most, value), 0) -
    values.reduce((least, value) => Math.min(least, value), Infinity);
  return new Set(values).size > 0.98 * values.length && range <= 20 * values.length;
}

function kindOfWords(texts: readonly string[]): ValueKind {
  const separator = separatorOfUnknown(texts);
  if (separator !== null) {
    const parts = texts.flatMap((text) => text.split(separator).map((part) => part.trim()));
    return kindOfParts(
      parts.filter((part) => part !== ""),
      separator,
      `values separated by "${separator}"`,
    );
  }
  const meanLength = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
  if (meanLength > 60) return one("text", "long texts");
  if (uniqueShare(texts) <= 0.5) return one("category", "short words that come again");
  if (personShare(texts) >= 0.85) return one("name", "names of persons");
  return texts.length < 20 ? one("category", "short words") : one("text", "short texts, mostly unique");
}

function kindOfParts(parts: readonly string[], separator: string | null, why: string): ValueKind {
  const persons = personShare(parts) >= 0.8 && uniqueShare(parts) > 0.1;
  return {
    kind: persons ? "personList" : "category",
    list: true,
    separator,
    why: persons ? `${why}, names of persons` : why,
  };
}

/** Whether a column is a time of book-keeping. */
export function isBookkeeping(column: string): boolean {
  return bookkeepingColumns.has(keyOfColumn(column));
}

/** The share a column's values must reach to be taken for the known field that its name suggests. */
export function fitsKind(kind: FieldKind, fieldName: string, texts: readonly string[]): boolean {
  if (texts.length === 0) return false;
  if (kind === "year") return isShareOf(texts, 0.6, (text) => parseYear(text, null) !== null);
  if (kind === "date") return isShareOf(texts, 0.6, (text) => parseDay(text, newestYearGuess) !== null);
  if (fieldName === "runtime") return isShareOf(texts, 0.3, (text) => parseMinutes(text) !== null);
  if (kind === "number") return isShareOf(texts, 0.6, (text) => parseNumber(text) !== null);
  if (kind === "level") return isShareOf(texts, 0.8, isLevelWord);
  if (kind === "category" || kind === "country") return shareOf(texts, (text) => parseNumber(text) !== null) < 0.5;
  return true;
}
