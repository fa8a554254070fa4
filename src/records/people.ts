import type { RecordBatch } from "./record-batch.ts";

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
export function* peopleOf(_batch: RecordBatch, _roles?: readonly string[]): Generator<PersonMention> {
  yield* [];
}
