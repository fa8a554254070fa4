import { columnOf, findColumn, numberAt, textAt, textsAt } from "../columns/index.ts";
import { idColumn, type RecordBatch } from "./record-batch.ts";

/** A person as a work names them. */
export interface PersonMention {
  readonly name: string;
  /** The person-list field that names them, such as `directors`. */
  readonly role: string;
  readonly recordId: string;
  /** The work's title, or null. */
  readonly title: string | null;
  /** The work's year, or null. */
  readonly year: number | null;
}

/** The persons that the records of a batch name, in the order of records, fields and lists; `roles` as a plan's `people`. */
export function* peopleOf(batch: RecordBatch, roles?: readonly string[]): Generator<PersonMention> {
  const lists = batch.fields.filter((field) => field.kind === "personList" && (roles?.includes(field.name) ?? true));
  if (lists.length === 0) return;
  const ids = columnOf(batch.table, idColumn, "text");
  const columns = lists.map((field) => columnOf(batch.table, field.name, "textList"));
  const titles = findColumn(batch.table, "title");
  const years = findColumn(batch.table, "year");
  for (let row = 0; row < batch.table.rowCount; row++) {
    const recordId = textAt(ids, row) as string;
    const title = titles?.kind === "text" ? textAt(titles, row) : null;
    const year = years?.kind === "number" ? numberAt(years, row) : null;
    for (const column of columns) {
      for (const name of textsAt(column, row)) yield { name, role: column.name, recordId, title, year };
    }
  }
}
