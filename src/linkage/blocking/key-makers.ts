import { pointBytes } from "../../base/index.ts";
import type { Value } from "../../columns/index.ts";
import {
  foldText,
  identifierKey,
  lowerLetters,
  personName,
  roughSpelling,
  titleForms,
  wordsOf,
} from "../compare/index.ts";
import type { KeyMakerName, KeyPart } from "../settings.ts";

/** Turns a value into the texts under which its record is found; none for a value that says nothing. */
export type KeyMaker = (value: Value) => string[];

const startLetters = 5;
const personsMax = 8;
const leadingMax = 2;
const wordsMax = 6;

const soundLettersMax = 400;
const startLength = 3;

/** Makes the one key of a text as the settings of a part say. */
type TextKey = (text: string, part: KeyPart) => string;

const textKeys = {
  /** The text as it stands: equality as in SQL. */
  text: (text, part) => lettersOf(part, text),
  /** Its first letters. */
  start: (text, part) => firstPoints(lettersOf(part, text), part.length ?? startLength),
} satisfies Readonly<Record<string, TextKey>>;

const makers: Readonly<Record<Exclude<KeyMakerName, keyof typeof textKeys>, KeyMaker>> = {
  /** The whole title, and each alternative it names in brackets. */
  title: eachText((text) => titleForms(text).map((form) => form.bare)),
  /** The title without its subtitle, and the subtitle alone, as other catalogues shorten it. */
  baseTitle: eachText((text) =>
    titleForms(text).flatMap((form) => (form.subtitle === "" ? [form.base] : [form.base, form.subtitle])),
  ),
  titleStart: eachText((text) => titleForms(text).map((form) => form.bare.slice(0, startLetters))),
  /** The two longest words, in order of the alphabet. */
  titleWords: eachText((text) => titleForms(text).map((form) => longestWords(form.words))),
  name: eachText((text) => [personName(text)?.key ?? ""]),
  lastNameInitial: eachText(lastNameInitial),
  persons: (value) => personKeys(value, personsMax),
  /** Those named first, for long lists such as casts. */
  leadingPersons: (value) => personKeys(value, leadingMax),
  year: (value) => (typeof value === "number" && Number.isFinite(value) ? [String(Math.trunc(value))] : []),
  /** A year and the next: two years that share one of these are at most one apart. */
  yearNear: (value) =>
    typeof value === "number" && Number.isFinite(value)
      ? [String(Math.trunc(value)), String(Math.trunc(value) + 1)]
      : [],
  exact: eachText((text) => [identifierKey(text)]),
  /** All words in a rough spelling, sorted: one for the usual ways to write a Russian or Greek name in Latin letters. */
  sound: eachText((text) => [
    wordsOf(foldText(text.slice(0, soundLettersMax)))
      .map(roughSpelling)
      .sort()
      .join(" "),
  ]),
  words: eachText((text) => longWords(foldText(text))),
};

/** The maker that a part of a rule names; its keys are distinct and never empty. */
export function keyMakerOf(part: KeyPart): KeyMaker {
  const textKey = textKeyOf(part);
  const make = textKey === undefined ? makers[part.maker as keyof typeof makers] : eachText((text) => [textKey(text)]);
  return (value) => (value === null ? [] : [...new Set(make(value))].filter((key) => key !== ""));
}

function personKeys(value: Value, max: number): string[] {
  return textsOf(value)
    .slice(0, max)
    .map((text) => personName(text)?.key ?? "");
}

/** The maker of a part that gives each text one key; undefined for other parts. */
export function textKeyOf(part: KeyPart): ((text: string) => string) | undefined {
  if (part.maker !== "text" && part.maker !== "start") return undefined;
  const make: TextKey = textKeys[part.maker];
  return (text) => make(text, part);
}

/** Of how many code points of a text at most a part makes its key. */
export function pointsOfKey(part: KeyPart): number {
  return part.maker === "start" ? (part.length ?? startLength) : 2 ** 31 - 1;
}

/** Where the key ends that a part makes of a text in UTF-8, before its letters are changed. */
export function endOfKey(part: KeyPart, bytes: Uint8Array, from: number, to: number): number {
  if (part.maker !== "start") return to;
  let at = from;
  for (let left = pointsOfKey(part); left > 0 && at < to; left--) {
    const lead = bytes[at] as number;
    at += lead < 128 ? 1 : pointBytes(lead);
  }
  return Math.min(at, to);
}

function lettersOf({ letters }: KeyPart, text: string): string {
  return letters === "lower" ? lowerLetters(text) : text;
}

/** The first `count` code points. */
function firstPoints(text: string, count: number): string {
  let end = 0;
  for (let i = 0; i < count && end < text.length; i++) end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

function eachText(make: (text: string) => string[]): KeyMaker {
  return (value) => textsOf(value).slice(0, personsMax).flatMap(make);
}

function textsOf(value: Value): readonly string[] {
  if (value === null) return [];
  return typeof value === "string" ? [value] : typeof value === "number" ? [String(value)] : value;
}

function lastNameInitial(text: string): string[] {
  const name = personName(text);
  if (name === null) return [];
  return [name.first === "" ? name.last : `${name.last} ${name.first[0]}`];
}

function longestWords(words: readonly string[]): string {
  return [...words]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .slice(0, 2)
    .sort()
    .join(" ");
}

function longWords(folded: string): string[] {
  return wordsOf(folded)
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .slice(0, wordsMax);
}
