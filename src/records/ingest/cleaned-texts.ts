import type { TextNumbers } from "../../columns/index.ts";
import type { CleanCounts, FieldCleaner } from "../clean/field-cleaner.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { noText, type RawColumn } from "../read/raw-columns.ts";

const none: readonly number[] = [];
/** Not cleaned yet; and to be cleaned each time, since cleaning it is counted. */
const unknown = -2;
const counted = -3;

/** What the texts of a raw column become under one cleaner, each cleaned once: as texts of the same numbering, or numbers. */
export class CleanedTexts {
  readonly texts: TextNumbers;
  readonly #clean: FieldCleaner;
  readonly #counts: CleanCounts;
  readonly #textByText: number[] = [];
  readonly #numberByText: (number | undefined)[] = [];
  readonly #membersByText: (readonly number[] | undefined)[] = [];

  constructor(texts: TextNumbers, clean: FieldCleaner, counts: CleanCounts) {
    this.texts = texts;
    this.#clean = clean;
    this.#counts = counts;
  }

  /** The cleaned text of a text, or {@link noText}. */
  textOf(text: number): number {
    if (text === noText) return noText;
    const known = this.#textByText[text] ?? unknown;
    if (known >= noText) return known;
    const before = this.#counts.total;
    const raw = this.texts.textOf(text);
    const value = this.#clean([raw]);
    const cleaned = value === null ? noText : value === raw ? text : this.texts.numberOfText(String(value));
    this.#textByText[text] = this.#counts.total === before ? cleaned : counted;
    return cleaned;
  }

  /** The number that a text says, or NaN. */
  numberOf(text: number): number {
    if (text === noText) return Number.NaN;
    const known = this.#numberByText[text];
    if (known !== undefined) return known;
    const before = this.#counts.total;
    const value = this.#clean([this.texts.textOf(text)]);
    const number = typeof value === "number" ? value : Number.NaN;
    if (this.#counts.total === before) this.#numberByText[text] = number;
    return number;
  }

  /** The cleaned members of a text that holds a list. */
  membersOf(text: number): readonly number[] {
    if (text === noText) return none;
    return this.#membersByText[text] ?? this.#members(this.texts.textOf(text), text);
  }

  /** The cleaned members of a row's list, distinct, in their order. */
  itemsOf({ offsets, numbers }: Extract<RawColumn, { kind: "lists" }>, row: number): readonly number[] {
    const kept: number[] = [];
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const text = numbers[at] as number;
      const members = this.#membersByText[text] ?? this.#members([this.texts.textOf(text)], text);
      for (const member of members) if (!kept.includes(member)) kept.push(member);
    }
    return kept;
  }

  #members(raw: RawValue, text: number): readonly number[] {
    const before = this.#counts.total;
    const value = this.#clean([raw]);
    const list = value === null ? none : Array.isArray(value) ? value : [String(value)];
    const own = this.texts.textOf(text);
    const members = list.map((member) => (member === own ? text : this.texts.numberOfText(String(member))));
    if (this.#counts.total === before) this.#membersByText[text] = members;
    return members;
  }
}
