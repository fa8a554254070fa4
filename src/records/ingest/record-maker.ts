import type { Value } from "../../columns/index.ts";
import { type CleanCounts, type FieldCleaner, fieldCleaner } from "../clean/field-cleaner.ts";
import { splitTitleYear } from "../clean/title.ts";
import { columnKindOf } from "../field.ts";
import type { FieldPlan, SourcePlan } from "../plan/source-plan.ts";
import type { RawBatch, RawValue } from "../read/raw-batch.ts";

/** Makes the cleaned values of a record, one a field, from a raw row. */
export type RecordMaker = (row: readonly RawValue[]) => Value[];

/** How the records of a source are made, with one cleaner a field that lives as long as the source is read. */
export class RecordMaking {
  readonly fields: readonly FieldPlan[];
  readonly cleaners: readonly FieldCleaner[];
  /** Whether a field is taken as it stands: then cleaning is but the leaving out of what is empty. */
  readonly verbatim: readonly boolean[];
  readonly counts: CleanCounts;
  /** Where the title and the year are among the fields, or -1. */
  readonly titlePlace: number;
  readonly yearPlace: number;

  constructor(plan: SourcePlan, counts: CleanCounts) {
    this.fields = plan.fields;
    this.counts = counts;
    this.verbatim = plan.fields.map((entry) => isVerbatim(entry, plan));
    const titlePlace = plan.fields.findIndex((entry) => entry.field.name === "title" && !entry.field.list);
    this.yearPlace = plan.fields.findIndex((entry) => entry.field.name === "year" && entry.field.kind === "year");
    const [title, year] = [plan.fields[titlePlace], plan.fields[this.yearPlace]];
    // A title as written keeps its year, unless it is the only one that the record has.
    const isKept = this.verbatim[titlePlace] === true && year !== undefined && !isFromTitle(year, title);
    this.titlePlace = isKept ? -1 : titlePlace;
    this.cleaners = plan.fields.map((entry, place) =>
      place === this.yearPlace && isFromTitle(entry, title) ? () => null : cleanerOf(entry, plan, counts),
    );
  }

  /** The maker for rows with the columns of a batch. */
  makerFor(batch: RawBatch): RecordMaker {
    const places = this.fields.map((entry) => entry.from.map((column) => batch.columns.indexOf(column)));
    const cleaners = this.cleaners;
    return (row) => {
      const values = cleaners.map((clean, i) => clean((places[i] as number[]).map((place) => row[place] ?? null)));
      this.#settleTitleYear(values);
      return values;
    };
  }

  /** A year in brackets behind a title is the record's year: it leaves the title, and fills a year that is not there. */
  #settleTitleYear(values: Value[]): void {
    if (this.titlePlace < 0 || this.yearPlace < 0) return;
    const title = values[this.titlePlace];
    const parts = typeof title === "string" ? splitTitleYear(title) : null;
    if (!parts) return;
    const year = values[this.yearPlace] ?? null;
    if (year !== null && year !== parts.year) return;
    values[this.titlePlace] = parts.title;
    values[this.yearPlace] = parts.year;
  }
}

function isFromTitle(year: FieldPlan, title: FieldPlan | undefined): boolean {
  return year.from.length > 0 && title !== undefined && title.from.includes(year.from[0] as string);
}

function isVerbatim({ field, value }: FieldPlan, plan: SourcePlan): boolean {
  return value === null && columnKindOf(field) !== "number" && plan.spec.fields?.[field.name]?.asWritten === true;
}

function cleanerOf(entry: FieldPlan, plan: SourcePlan, counts: CleanCounts): FieldCleaner {
  const asWritten = plan.spec.fields?.[entry.field.name]?.asWritten ?? false;
  const clean = fieldCleaner(
    { field: entry.field, separator: entry.separator, newestYear: entry.newestYear, asWritten },
    plan.placeholders,
    counts,
  );
  if (entry.value === null) return entry.from.length === 0 ? () => null : clean;
  const constant = clean([entry.value]);
  return () => constant;
}
