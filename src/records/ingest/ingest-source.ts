import { type Table, TableBuilder } from "../../columns/index.ts";
import { type CleanCounts, newCleanCounts } from "../clean/field-cleaner.ts";
import { columnKindOf } from "../field.ts";
import type { SourcePlan } from "../plan/source-plan.ts";
import type { RawBatch, RawValue, Reject } from "../read/raw-batch.ts";
import { readSource } from "../read/read-source.ts";
import { allowRejects, BadRow, type Rejects } from "../read/rejects.ts";
import { idColumn, type RecordBatch } from "../record-batch.ts";
import { IdSet } from "./id-set.ts";
import { RecordMaking } from "./record-maker.ts";

/** What cleaning did to a source, counted. */
export interface IngestSummary {
  readonly recordCount: number;
  readonly rejectCount: number;
  /** How often each placeholder became null. */
  readonly placeholders: Readonly<Record<string, number>>;
  /** What else should be known, such as "22 release years were 100 years off and moved back". */
  readonly notes: readonly string[];
}

/** How a source is ingested. */
export interface IngestOptions {
  /** Records a batch, at most. Default 20,000. */
  readonly batchRows?: number;
  /** How many bad rows are set aside before it is an error. Default 0. */
  readonly skipBad?: number;
  /** Gets every row that was set aside. */
  readonly onReject?: (reject: Reject) => void;
  /** Gets the counts once, after the last batch. */
  readonly onSummary?: (summary: IngestSummary) => void;
  /** Stops the reading when aborted. */
  readonly signal?: AbortSignal;
}

const batchRowsDefault = 20_000;
/** A batch of long texts ends early, so that its memory is bounded whatever the texts. */
const batchCharactersMax = 32 * 1024 * 1024;

/**
 * Reads and cleans a source as planned, in a stream: memory is bounded by the batch, not by the source.
 * @throws source-malformed, source-encoding, source-duplicate-id with file and row
 */
export async function* ingestSource(plan: SourcePlan, options: IngestOptions = {}): AsyncGenerator<RecordBatch> {
  const batchRows = options.batchRows ?? batchRowsDefault;
  const rejects = allowRejects(options.skipBad ?? 0, options.onReject);
  const counts = newCleanCounts();
  const making = new RecordMaking(plan, counts);
  const ids = idReader(plan, rejects);
  const fields = plan.fields.map((entry) => entry.field);
  const shape = [
    { name: idColumn, kind: "text" as const },
    ...fields.map((field) => ({ name: field.name, kind: columnKindOf(field) })),
  ];
  let builder = new TableBuilder(shape);
  let firstRow = 0;
  let characters = 0;
  const finish = (): RecordBatch => {
    const table: Table = builder.build();
    const batch = { source: plan.source, entityType: plan.entityType, firstRow, fields, table };
    firstRow += table.rowCount;
    builder = new TableBuilder(shape);
    characters = 0;
    return batch;
  };
  for await (const batch of readSource(plan.layout, rejects, wantedColumns(plan))) {
    options.signal?.throwIfAborted();
    const make = making.makerFor(batch);
    const idOf = ids(batch);
    for (let i = 0; i < batch.rows.length; i++) {
      const id = idOf(i);
      if (id === null) continue;
      const row = batch.rows[i] as readonly RawValue[];
      builder.append([id, ...make(row)]);
      characters += charactersOf(row);
      if (builder.rowCount === batchRows || characters > batchCharactersMax) yield finish();
    }
  }
  if (builder.rowCount > 0) yield finish();
  options.onSummary?.(summaryOf(firstRow, rejects.count, counts));
}

/** The columns that records are made from. */
function wantedColumns(plan: SourcePlan): ReadonlySet<string> {
  const wanted = new Set(plan.fields.flatMap((entry) => entry.from));
  if (plan.idColumn !== null) wanted.add(plan.idColumn);
  return wanted;
}

function charactersOf(row: readonly RawValue[]): number {
  let count = 0;
  for (const value of row) if (typeof value === "string") count += value.length;
  return count;
}

/** Reads the id of the i-th row of a batch; null when the row was rejected for it. */
type IdOf = (i: number) => string | null;

/** Ids are the texts of the id column byte for byte, or the row's number; one that is missing or comes again is a bad row. */
function idReader(plan: SourcePlan, rejects: Rejects): (batch: RawBatch) => IdOf {
  const { idColumn: column } = plan;
  if (column === null) return (batch) => (i) => `row:${(batch.places[i] as number) + 1}`;
  const seen = new IdSet();
  return (batch) => {
    const at = batch.columns.indexOf(column);
    return (i) => {
      const row = batch.rows[i] as readonly RawValue[];
      const raw = row[at] ?? null;
      const place = batch.places[i] as number;
      const problem = idProblem(raw, column) ?? repeatProblem(seen.add(String(raw), place), String(raw), batch);
      if (!problem) return String(raw);
      const code = raw === null || raw === "" ? "source-malformed" : "source-duplicate-id";
      rejects.take({ file: batch.file, row: place - batch.fileStart + 1, text: JSON.stringify(row), problem, code });
      return null;
    };
  };
}

function idProblem(raw: RawValue, column: string): BadRow | undefined {
  if (raw === null || raw === "") return new BadRow(`no value in the id column "${column}"`, "an id in every row");
  return typeof raw === "object" ? new BadRow(`a list in the id column "${column}"`, "one id a row") : undefined;
}

function repeatProblem(earlier: number, id: string, batch: RawBatch): BadRow | undefined {
  if (earlier < 0) return undefined;
  const where =
    earlier >= batch.fileStart ? `row ${earlier - batch.fileStart + 1}` : `row ${earlier + 1} of the whole source`;
  return new BadRow(`the id "${id}" again, which ${where} has`, "an id of its own for each row");
}

function summaryOf(recordCount: number, rejectCount: number, counts: CleanCounts): IngestSummary {
  const moved = [...counts.movedYears].map(([field, n]) => `${field}: ${n} values were 100 years off and moved back`);
  const unreadable = [...counts.unreadable].map(
    ([field, n]) => `${field}: ${n} values could not be read as such and became null`,
  );
  const placeholders = Object.fromEntries([...counts.placeholders].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { recordCount, rejectCount, placeholders, notes: [...moved, ...unreadable] };
}
