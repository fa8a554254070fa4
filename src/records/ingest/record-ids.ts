import { decodeUtf8 } from "../../columns/index.ts";
import type { SourcePlan } from "../plan/source-plan.ts";
import type { RawBatch, RawValue } from "../read/raw-batch.ts";
import { type RawColumns, rawValueAt } from "../read/raw-columns.ts";
import { BadRow, type Rejects } from "../read/rejects.ts";
import { type IdHashes, IdSet } from "./id-set.ts";

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
    place: (i) => batch.places?.[i] ?? batch.firstPlace + i,
    value,
    text: (i) => JSON.stringify([...batch.columns.keys()].map((name) => value(i, name))),
  };
}

/** Reads the ids of a source; those that came before are known over all of its batches. */
export interface IdReader {
  /** Ids are the texts of the id column byte for byte, or the row's number; one that is missing or comes again is a bad row. */
  of(rows: IdRows): IdOf;
  /** The same for one id in UTF-8, which needs no string where nothing is wrong with it; false when the row was rejected. */
  takeUtf8(rows: IdRows, i: number, bytes: Uint8Array, from: number, to: number): boolean;
  /** Takes the ids of the rows from `first` on up to the first one that came before; gives how many. */
  takeHashed(rows: IdRows, first: number, hashes: IdHashes): number;
}

/** The ids of a source as planned. */
export function idReader(plan: SourcePlan, rejects: Rejects): IdReader {
  const { idColumn: column } = plan;
  const seen = new IdSet(plan.rowCount);
  const rejectOf = (rows: IdRows, i: number, raw: RawValue, problem: BadRow): void => {
    const code = raw === null || raw === "" ? "source-malformed" : "source-duplicate-id";
    rejects.take({ file: rows.file, row: rows.place(i) - rows.fileStart + 1, text: rows.text(i), problem, code });
  };
  return {
    of(rows) {
      if (column === null) return (i) => `row:${rows.place(i) + 1}`;
      return (i) => {
        const raw = rows.value(i, column);
        const text = String(raw);
        const problem =
          idProblem(raw, column) ?? repeatProblem(seen.add(text, rows.place(i)), () => text, rows.fileStart);
        if (problem !== undefined) rejectOf(rows, i, raw, problem);
        return problem === undefined ? text : null;
      };
    },
    takeUtf8(rows, i, bytes, from, to) {
      const id = (): string => decodeUtf8(bytes, from, to);
      const problem = repeatProblem(seen.addUtf8(bytes, from, to, rows.place(i)), id, rows.fileStart);
      if (problem !== undefined) rejectOf(rows, i, id(), problem);
      return problem === undefined;
    },
    takeHashed: (rows, first, hashes) => seen.addAll(hashes, (i) => rows.place(first + i)),
  };
}

function idProblem(raw: RawValue, column: string): BadRow | undefined {
  if (raw === null || raw === "") return new BadRow(`no value in the id column "${column}"`, "an id in every row");
  return typeof raw === "object" ? new BadRow(`a list in the id column "${column}"`, "one id a row") : undefined;
}

function repeatProblem(earlier: number, id: () => string, fileStart: number): BadRow | undefined {
  if (earlier < 0) return undefined;
  const where = earlier >= fileStart ? `row ${earlier - fileStart + 1}` : `row ${earlier + 1} of the whole source`;
  return new BadRow(`the id "${id()}" again, which ${where} has`, "an id of its own for each row");
}
