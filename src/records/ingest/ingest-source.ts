import { type Table, TableBuilder } from "../../columns/index.ts";
import { type CleanCounts, newCleanCounts } from "../clean/field-cleaner.ts";
import { columnKindOf } from "../field.ts";
import type { SourcePlan } from "../plan/source-plan.ts";
import type { RawValue, Reject } from "../read/raw-batch.ts";
import { noText, type RawColumns } from "../read/raw-columns.ts";
import { readSource } from "../read/read-source.ts";
import { allowRejects } from "../read/rejects.ts";
import { idColumn, type RecordBatch } from "../record-batch.ts";
import { columnIds } from "./column-ids.ts";
import { ColumnMaking } from "./record-columns.ts";
import { type IdReader, idReader, rowsOfBatch } from "./record-ids.ts";
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
  /** Records a batch, at most. Default 20,000, or 200,000 where columns are read as columns. */
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
/** Columns take a tenth of the memory that rows take, and a text that comes again is kept once a batch. */
const columnRowsDefault = 200_000;
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
  const columnMaking = new ColumnMaking(making);
  let builder = new TableBuilder(shape);
  let firstRow = 0;
  let characters = 0;
  const batchOf = (table: Table): RecordBatch => {
    const batch = { source: plan.source, entityType: plan.entityType, firstRow, fields, table };
    firstRow += table.rowCount;
    return batch;
  };
  const finish = (): RecordBatch => {
    const batch = batchOf(builder.build());
    builder = new TableBuilder(shape);
    characters = 0;
    return batch;
  };
  for await (const batch of readSource(plan.layout, rejects, wantedColumns(plan), batchRows)) {
    options.signal?.throwIfAborted();
    if ("rowCount" in batch) {
      for (const rows of rowRanges(batch, options.batchRows ?? columnRowsDefault)) {
        const table = columnTable(batch, rows, plan.idColumn, ids, columnMaking);
        if (table.rowCount > 0) yield batchOf(table);
      }
      continue;
    }
    const make = making.makerFor(batch);
    const idOf = ids.of(rowsOfBatch(batch, plan));
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

function charactersOf(row: readonly RawValue[]): number {
  let count = 0;
  for (const value of row) if (typeof value === "string") count += value.length;
  return count;
}

/** Cuts rows that lie side by side into batches of so many rows and bytes of text at most. */
function* rowRanges(batch: RawColumns, batchRows: number): Generator<{ from: number; to: number }> {
  const texts = [...batch.columns.values()].filter((column) => column.kind === "texts");
  const bytes = texts.reduce((sum, { byteCount = Infinity }) => sum + byteCount, 0);
  if (batch.rowCount <= batchRows && bytes <= batchCharactersMax) {
    if (batch.rowCount > 0) yield { from: 0, to: batch.rowCount };
    return;
  }
  let from = 0;
  let characters = 0;
  for (let row = 0; row < batch.rowCount; row++) {
    for (let t = 0; t < texts.length; t++) {
      const { numbers, texts: known } = texts[t] as (typeof texts)[number];
      const number = numbers[row] as number;
      if (number !== noText) characters += known.byteLengthOf(number);
    }
    if (row + 1 - from < batchRows && characters <= batchCharactersMax) continue;
    yield { from, to: row + 1 };
    from = row + 1;
    characters = 0;
  }
  if (from < batch.rowCount) yield { from, to: batch.rowCount };
}

function columnTable(
  batch: RawColumns,
  range: { readonly from: number; readonly to: number },
  idColumnName: string | null,
  ids: IdReader,
  making: ColumnMaking,
): Table {
  const { rows, column } = columnIds(batch, idColumnName, ids, range);
  return { rowCount: rows.length, columns: [column, ...making.make(batch, rows)] };
}

/** The columns that records are made from. */
function wantedColumns(plan: SourcePlan): ReadonlySet<string> {
  const wanted = new Set(plan.fields.flatMap((entry) => entry.from));
  if (plan.idColumn !== null) wanted.add(plan.idColumn);
  return wanted;
}

function summaryOf(recordCount: number, rejectCount: number, counts: CleanCounts): IngestSummary {
  const moved = [...counts.movedYears].map(([field, n]) => `${field}: ${n} values were 100 years off and moved back`);
  const unreadable = [...counts.unreadable].map(
    ([field, n]) => `${field}: ${n} values could not be read as such and became null`,
  );
  const placeholders = Object.fromEntries([...counts.placeholders].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { recordCount, rejectCount, placeholders, notes: [...moved, ...unreadable] };
}
