import { type Column, dictionaryOf, nullId, TableBuilder, type TextColumn, type Value } from "../../columns/index.ts";
import type { CleanCounts, FieldCleaner } from "../clean/field-cleaner.ts";
import { splitTitleYear } from "../clean/title.ts";
import { columnKindOf } from "../field.ts";
import type { FieldPlan } from "../plan/source-plan.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { noText, type RawColumn, type RawColumns, rawValueAt } from "../read/raw-columns.ts";
import { CleanedTexts } from "./cleaned-texts.ts";
import { LocalTexts } from "./local-texts.ts";
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
    if (single === undefined || from.length > 1 || !("texts" in single))
      return byRows(entry, clean, this.#making.counts, from, rows);
    const known = this.#cleaned[place];
    const cleaned = known?.texts === single.texts ? known : new CleanedTexts(single.texts, clean, this.#making.counts);
    this.#cleaned[place] = cleaned;
    const { name } = entry.field;
    const kind = columnKindOf(entry.field);
    if (single.kind === "texts") {
      if (kind === "text") return textColumn(name, single, cleaned, rows);
      if (kind === "number") return numberColumn(name, single, cleaned, rows);
      return listColumn(name, (row) => cleaned.membersOf(single.numbers[row] as number), cleaned, rows);
    }
    return kind === "textList"
      ? listColumn(name, (row) => cleaned.itemsOf(single, row), cleaned, rows)
      : byRows(entry, clean, this.#making.counts, from, rows);
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

type RawTexts = Extract<RawColumn, { kind: "texts" }>;

function textColumn(name: string, raw: RawTexts, cleaned: CleanedTexts, rows: Int32Array): TextColumn {
  const local = new LocalTexts(cleaned.texts);
  const ids = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const number = cleaned.textOf(raw.numbers[rows[i] as number] as number);
    ids[i] = number === noText ? nullId : local.idOf(number);
  }
  return { kind: "text", name, dictionary: dictionaryOf(local.list()), ids };
}

function numberColumn(name: string, raw: RawTexts, cleaned: CleanedTexts, rows: Int32Array): Column {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = cleaned.numberOf(raw.numbers[rows[i] as number] as number);
  return { kind: "number", name, values };
}

function listColumn(
  name: string,
  membersOf: (row: number) => ArrayLike<number>,
  cleaned: CleanedTexts,
  rows: Int32Array,
): Column {
  const local = new LocalTexts(cleaned.texts);
  const offsets = new Int32Array(rows.length + 1);
  const values: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const members = membersOf(rows[i] as number);
    for (let m = 0; m < members.length; m++) values.push(local.idOf(members[m] as number));
    offsets[i + 1] = values.length;
  }
  return {
    kind: "textList",
    name,
    dictionary: dictionaryOf(local.list()),
    offsets,
    values: Int32Array.from(values),
  };
}

/** A year in brackets behind a title is the record's year: it leaves the title, and fills a year that is not there. */
function settleTitleYear(title: TextColumn, years: Float64Array): TextColumn {
  const { dictionary } = title;
  const parts = Array.from({ length: dictionary.size }, (_, id) => splitTitleYear(dictionary.get(id)));
  if (parts.every((part) => part === null)) return title;
  const builder = new TableBuilder([{ name: title.name, kind: "text" }]);
  title.ids.forEach((id, row) => {
    const part = id === nullId ? null : (parts[id] ?? null);
    const year = years[row] as number;
    const settles = part !== null && (Number.isNaN(year) || year === part.year);
    if (settles) years[row] = part.year;
    const text: Value = id === nullId ? null : settles ? part.title : dictionary.get(id);
    builder.append([text]);
  });
  return builder.build().columns[0] as TextColumn;
}
