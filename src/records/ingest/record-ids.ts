import type { SourcePlan } from "../plan/source-plan.ts";
import type { RawBatch, RawValue } from "../read/raw-batch.ts";
import { type RawColumns, rawValueAt } from "../read/raw-columns.ts";
import { BadRow, type Rejects } from "../read/rejects.ts";
import { IdSet } from "./id-set.ts";

/** Reads the id of the i-th row of a batch; null when the row was rejected for it. */
export type IdOf = (i: number) => string | null;

/** What ids are read from, whether rows come one by one or side by side. */
export interface IdRows {
  readonly file: string;
  readonly fileStart: number;
  place(i: number): number;
  value(i: number, column: string): RawValue;
  text(i: number): string;
}

/** The rows of a batch. */
export function rowsOfBatch(batch: RawBatch, plan: SourcePlan): IdRows {
  const at = plan.idColumn === null ? -1 : batch.columns.indexOf(plan.idColumn);
  const rowAt = (i: number): readonly RawValue[] => batch.rows[i] as readonly RawValue[];
  return {
    file: batch.file,
    fileStart: batch.fileStart,
    place: (i) => batch.places[i] as number,
    value: (i) => rowAt(i)[at] ?? null,
    text: (i) => JSON.stringify(rowAt(i)),
  };
}

/** Rows that lie side by side. */
export function rowsOfColumns(batch: RawColumns): IdRows {
  const value = (i: number, name: string): RawValue => {
    const column = batch.columns.get(name);
    return column === undefined ? null : rawValueAt(column, i);
  };
  return {
    file: batch.file,
    fileStart: batch.fileStart,
    place: (i) => batch.firstPlace + i,
    value,
    text: (i) => JSON.stringify([...batch.columns.keys()].map((name) => value(i, name))),
  };
}

/** Ids are the texts of the id column byte for byte, or the row's number; one that is missing or comes again is a bad row. */
export function idReader(plan: SourcePlan, rejects: Rejects): (rows: IdRows) => IdOf {
  const { idColumn: column } = plan;
  if (column === null) return (rows) => (i) => `row:${rows.place(i) + 1}`;
  const seen = new IdSet();
  return (rows) => (i) => {
    const raw = rows.value(i, column);
    const place = rows.place(i);
    const problem = idProblem(raw, column) ?? repeatProblem(seen.add(String(raw), place), String(raw), rows.fileStart);
    if (!problem) return String(raw);
    const code = raw === null || raw === "" ? "source-malformed" : "source-duplicate-id";
    rejects.take({ file: rows.file, row: place - rows.fileStart + 1, text: rows.text(i), problem, code });
    return null;
  };
}

function idProblem(raw: RawValue, column: string): BadRow | undefined {
  if (raw === null || raw === "") return new BadRow(`no value in the id column "${column}"`, "an id in every row");
  return typeof raw === "object" ? new BadRow(`a list in the id column "${column}"`, "one id a row") : undefined;
}

function repeatProblem(earlier: number, id: string, fileStart: number): BadRow | undefined {
  if (earlier < 0) return undefined;
  const where = earlier >= fileStart ? `row ${earlier - fileStart + 1}` : `row ${earlier + 1} of the whole source`;
  return new BadRow(`the id "${id}" again, which ${where} has`, "an id of its own for each row");
}
