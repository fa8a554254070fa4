import { nullId, type TextNumbers } from "../../columns/index.ts";
import type { CleanCounts, FieldCleaner } from "../clean/field-cleaner.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { noText } from "../read/raw-columns.ts";

const none: readonly number[] = [];
/** Not cleaned yet; not kept, since cleaning it is counted each time; and several members, which lie elsewhere. */
const unknown = -2;
const counted = -3;
const several = -4;

/** What the texts of a raw column become under one cleaner, each cleaned once: as texts of the same numbering, or numbers. */
export class CleanedTexts {
  readonly texts: TextNumbers;
  readonly #clean: FieldCleaner;
  readonly #counts: CleanCounts;
  /** The cleaned text, or the only member, of each text. */
  #cleaned = new Int32Array(0);
  #numbers = new Float64Array(0);
  readonly #members = new Map<number, readonly number[]>();

  constructor(texts: TextNumbers, clean: FieldCleaner, counts: CleanCounts) {
    this.texts = texts;
    this.#clean = clean;
    this.#counts = counts;
  }

  /** The cleaned text of a text, or {@link noText}. */
  textOf(text: number): number {
    if (text === noText) return noText;
    const known = this.#known(text);
    if (known >= noText) return known;
    const before = this.#counts.total;
    const raw = this.texts.textOf(text);
    const value = this.#clean([raw]);
    const cleaned = value === null ? noText : value === raw ? text : this.texts.numberOfText(String(value));
    this.#keep(text, this.#counts.total === before ? cleaned : counted);
    return cleaned;
  }

  /** The number that a text says, or NaN. */
  numberOf(text: number): number {
    if (text === noText) return Number.NaN;
    if (this.#known(text) === text) return this.#numbers[text] as number;
    const before = this.#counts.total;
    const value = this.#clean([this.texts.textOf(text)]);
    const number = typeof value === "number" ? value : Number.NaN;
    if (this.#counts.total === before) {
      this.#keep(text, text);
      if (text >= this.#numbers.length) {
        const larger = new Float64Array(this.texts.size * 2);
        larger.set(this.#numbers);
        this.#numbers = larger;
      }
      this.#numbers[text] = number;
    }
    return number;
  }

  /** The only member of a text of a list, {@link noText} where it has none; undefined where it has several. */
  memberOf(text: number): number | undefined {
    const known = this.#known(text);
    return known >= noText ? known : undefined;
  }

  /** The cleaned members of a text that holds a list, or that is one of a list. */
  membersOf(text: number, isItem: boolean): readonly number[] {
    if (text === noText) return none;
    const known = this.#known(text);
    if (known >= 0) return [known];
    if (known === noText) return none;
    if (known === several) return this.#members.get(text) as readonly number[];
    const own = this.texts.textOf(text);
    return this.#clean1(text, own, isItem ? [own] : own);
  }

  #clean1(text: number, own: string, raw: RawValue): readonly number[] {
    const before = this.#counts.total;
    const value = this.#clean([raw]);
    const list = value === null ? none : Array.isArray(value) ? value : [String(value)];
    const members = list.map((member) => (member === own ? text : this.texts.numberOfText(String(member))));
    if (this.#counts.total !== before) return members;
    if (members.length > 1) this.#members.set(text, members);
    this.#keep(text, members.length > 1 ? several : (members[0] ?? nullId));
    return members;
  }

  #known(text: number): number {
    return text < this.#cleaned.length ? (this.#cleaned[text] as number) : unknown;
  }

  #keep(text: number, cleaned: number): void {
    if (text >= this.#cleaned.length) {
      const larger = new Int32Array(Math.max(this.texts.size, text + 1) * 2).fill(unknown);
      larger.set(this.#cleaned);
      this.#cleaned = larger;
    }
    this.#cleaned[text] = cleaned;
  }
}
