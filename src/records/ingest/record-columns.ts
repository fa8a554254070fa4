import {
  ColumnKernel,
  type Column,
  cutToUsed,
  GrowingInt32,
  type NumberColumn,
  nullId,
  TableBuilder,
  type TextColumn,
  type TextListColumn,
  type TextNumbers,
  type Value,
} from "../../columns/index.ts";
import type { CleanCounts, FieldCleaner } from "../clean/field-cleaner.ts";
import { columnKindOf } from "../field.ts";
import type { FieldPlan } from "../plan/source-plan.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { noText, type RawColumn, type RawColumns, rawValueAt } from "../read/raw-columns.ts";
import { CleanedTexts } from "./cleaned-texts.ts";
import { distinctLists } from "./column-loops.ts";
import { settleTitleYear } from "./settle-title-year.ts";
import { DistinctNumbers } from "./distinct-numbers.ts";
import type { RecordMaking } from "./record-maker.ts";

/**
 * Makes the cleaned columns of records whose raw values lie side by side: each distinct text is cleaned once, and what
 * {@link RecordMaking} makes row by row is made of whole columns. Both give the same.
 */
export class ColumnMaking {
  readonly #making: RecordMaking;
  readonly #cleaned: (CleanedTexts | undefined)[];

  constructor(making: RecordMaking) {
    this.#making = making;
    this.#cleaned = making.fields.map(() => undefined);
  }

  /** The columns of the given rows, one a field. */
  make(raw: RawColumns, rows: Int32Array): Column[] {
    const columns = this.#making.fields.map((entry, place) => this.#column(entry, place, raw, rows));
    const { titlePlace, yearPlace } = this.#making;
    const [title, year] = [columns[titlePlace], columns[yearPlace]];
    if (title?.kind === "text" && year?.kind === "number") columns[titlePlace] = settleTitleYear(title, year.values);
    return columns;
  }

  #column(entry: FieldPlan, place: number, raw: RawColumns, rows: Int32Array): Column {
    const clean = this.#making.cleaners[place] as FieldCleaner;
    const from = entry.from.map((name) => raw.columns.get(name));
    const [single] = from;
    const kind = columnKindOf(entry.field);
    if (single === undefined || from.length > 1 || single.kind === "values")
      return byRows(entry, clean, this.#making.counts, from, rows);
    if (single.kind === "integers") {
      if (kind !== "number") return byRows(entry, clean, this.#making.counts, from, rows);
      return integerColumn(entry.field.name, single.values, clean, this.#making.counts, rows);
    }
    const { name } = entry.field;
    const isVerbatim = this.#making.verbatim[place] === true;
    if (single.kind === "lists" && kind !== "textList") return byRows(entry, clean, this.#making.counts, from, rows);
    const cleaned = this.#cleanedOf(place, single.texts, clean);
    if (single.kind === "lists") return listsColumn(name, single, isVerbatim ? null : cleaned, rows);
    if (kind === "text") return textColumn(name, single, isVerbatim ? null : cleaned, rows);
    if (kind === "number") return numberColumn(name, single, cleaned, rows);
    return splitColumn(name, single, cleaned, rows);
  }

  /** What the texts become is known as long as they are numbered as before. */
  #cleanedOf(place: number, texts: TextNumbers, clean: FieldCleaner): CleanedTexts {
    const known = this.#cleaned[place];
    const cleaned = known?.texts === texts ? known : new CleanedTexts(texts, clean, this.#making.counts);
    this.#cleaned[place] = cleaned;
    return cleaned;
  }
}

/** What no rule for whole columns fits: cleaned row by row, except for numbers that come again. */
function byRows(
  { field }: FieldPlan,
  clean: FieldCleaner,
  counts: CleanCounts,
  from: readonly (RawColumn | undefined)[],
  rows: Int32Array,
): Column {
  const builder = new TableBuilder([{ name: field.name, kind: columnKindOf(field) }]);
  const valueByNumber = new Map<number, Value>();
  for (const row of rows) {
    const raws = from.map((column): RawValue => (column === undefined ? null : rawValueAt(column, row)));
    const [raw] = raws;
    const known = raws.length === 1 && typeof raw === "number" ? valueByNumber.get(raw) : undefined;
    const before = counts.total;
    const value = known === undefined ? clean(raws) : known;
    builder.append([value]);
    if (known === undefined && raws.length === 1 && typeof raw === "number" && counts.total === before)
      valueByNumber.set(raw, value);
  }
  return builder.build().columns[0] as Column;
}

const smallNumbers = 4096;

function integerColumn(
  name: string,
  raw: Float64Array,
  clean: FieldCleaner,
  counts: CleanCounts,
  rows: Int32Array,
): NumberColumn {
  const values = new Float64Array(rows.length);
  const numberByRaw = new Map<number, number>();
  // Small numbers, as most are that come again, need no search.
  const small = new Float64Array(smallNumbers);
  const isKnown = new Uint8Array(smallNumbers);
  for (let i = 0; i < rows.length; i++) {
    const value = raw[rows[i] as number] as number;
    if (isKnown[value] === 1) {
      values[i] = small[value] as number;
      continue;
    }
    const known = Number.isNaN(value) ? Number.NaN : numberByRaw.get(value);
    if (known !== undefined) {
      values[i] = known;
      continue;
    }
    const before = counts.total;
    const cleaned = clean([value]);
    const number = typeof cleaned === "number" ? cleaned : Number.NaN;
    values[i] = number;
    if (counts.total !== before) continue;
    if (value >= 0 && value < smallNumbers) {
      small[value] = number;
      isKnown[value] = 1;
    } else numberByRaw.set(value, number);
  }
  return { kind: "number", name, values };
}

type RawTexts = Extract<RawColumn, { kind: "texts" }>;
type RawLists = Extract<RawColumn, { kind: "lists" }>;

/** Without `cleaned`, texts are taken as they stand, and empty ones are none. */
function textColumn(name: string, raw: RawTexts, cleaned: CleanedTexts | null, rows: Int32Array): TextColumn {
  const ids = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const number = raw.numbers[rows[i] as number] as number;
    if (cleaned !== null) ids[i] = cleaned.textOf(number);
    else ids[i] = number === noText || raw.texts.byteLengthOf(number) === 0 ? nullId : number;
  }
  return { kind: "text", name, ...cutToUsed({ dictionary: raw.texts.dictionary(), ids }) };
}

function numberColumn(name: string, raw: RawTexts, cleaned: CleanedTexts, rows: Int32Array): NumberColumn {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = cleaned.numberOf(raw.numbers[rows[i] as number] as number);
  return { kind: "number", name, values };
}

/** Texts that hold several values each. */
function splitColumn(name: string, raw: RawTexts, cleaned: CleanedTexts, rows: Int32Array): TextListColumn {
  const offsets = new Int32Array(rows.length + 1);
  const values = new GrowingInt32();
  for (let i = 0; i < rows.length; i++) {
    const number = raw.numbers[rows[i] as number] as number;
    for (const member of cleaned.membersOf(number, false)) values.push(member);
    offsets[i + 1] = values.length;
  }
  return listColumn(name, raw.texts, offsets, values.toArray());
}

/** Lists of texts, repeats within one left out; without `cleaned` taken as they stand, empty ones being none. */
function listsColumn(name: string, raw: RawLists, cleaned: CleanedTexts | null, rows: Int32Array): TextListColumn {
  const kernel = cleaned === null && rows.length === raw.offsets.length - 1 ? ColumnKernel.open() : undefined;
  const whole = kernel && distinctLists(kernel, raw.offsets, raw.numbers, raw.texts.utf8().offsets);
  if (whole !== undefined) return listColumn(name, raw.texts, whole.offsets, whole.members);
  const offsets = new Int32Array(rows.length + 1);
  const values = new GrowingInt32();
  const distinct = new DistinctNumbers(values);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    distinct.begin();
    for (let at = raw.offsets[row] as number; at < (raw.offsets[row + 1] as number); at++) {
      const text = raw.numbers[at] as number;
      const only = cleaned === null ? (raw.texts.byteLengthOf(text) === 0 ? noText : text) : cleaned.memberOf(text);
      if (only !== undefined) distinct.add(only);
      else for (const member of (cleaned as CleanedTexts).membersOf(text, true)) distinct.add(member);
    }
    offsets[i + 1] = values.length;
  }
  return listColumn(name, raw.texts, offsets, values.toArray());
}

function listColumn(name: string, texts: TextNumbers, offsets: Int32Array, members: Int32Array): TextListColumn {
  const { dictionary, ids } = cutToUsed({ dictionary: texts.dictionary(), ids: members });
  return { kind: "textList", name, dictionary, offsets, values: ids };
}
