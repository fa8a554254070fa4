import { columnOf, findColumn, rowAt, type Table, textAt, type Value } from "../../columns/index.ts";
import type { BlobRef } from "../../flow/index.ts";
import { idColumn } from "../../records/index.ts";
import type { LinkageState } from "./linkage-state.ts";
import type { StoredBatch } from "./partition-records.ts";
import { getTable } from "./stored-table.ts";

/** Reads stored bytes: an artifact store, or a published folder. */
export interface BlobReader {
  get(ref: BlobRef): Promise<Uint8Array>;
}

/** A batch of a source, loaded. */
export interface LoadedBatch extends Omit<StoredBatch, "table"> {
  readonly table: Table;
}

/** The cleaned records of chosen sources (all when none is named), batch by batch. */
export async function* readRecords(
  blobs: BlobReader,
  state: Pick<LinkageState, "sources">,
  sources?: ReadonlySet<string>,
): AsyncGenerator<LoadedBatch> {
  for (const source of state.sources) {
    if (sources && !sources.has(source.source)) continue;
    for (const batch of source.batches) yield { ...batch, table: await getTable(blobs, batch.table) };
  }
}

/** One cleaned record as plain data. */
export interface PlainRecord {
  readonly source: string;
  readonly id: string;
  readonly entityType: string;
  /** Its place among the records of its source, from 0. */
  readonly row: number;
  /** Values by field, without the id. */
  readonly values: Readonly<Record<string, Value>>;
}

/** Finds records by source and id; those that are not there are left out. */
export async function findRecords(
  blobs: BlobReader,
  state: Pick<LinkageState, "sources">,
  wanted: readonly { readonly source: string; readonly id: string }[],
): Promise<PlainRecord[]> {
  const found = new Map<string, PlainRecord>();
  const idsBySource = new Map<string, Set<string>>();
  for (const { source, id } of wanted) idsBySource.set(source, (idsBySource.get(source) ?? new Set()).add(id));
  for await (const batch of readRecords(blobs, state, new Set(idsBySource.keys()))) {
    const ids = idsBySource.get(batch.source) as Set<string>;
    const column = columnOf(batch.table, idColumn, "text");
    for (let row = 0; row < batch.table.rowCount; row++) {
      const id = textAt(column, row) as string;
      if (!ids.has(id)) continue;
      const { [idColumn]: _id, ...values } = rowAt(batch.table, row);
      const { source, entityType, firstRow } = batch;
      found.set(JSON.stringify([source, id]), { source, id, entityType, row: firstRow + row, values });
    }
  }
  return wanted.flatMap(({ source, id }) => found.get(JSON.stringify([source, id])) ?? []);
}

/** The name of the field that says what a record is called: its title, else its name. */
export function labelField(batch: Pick<LoadedBatch, "fields" | "table">): string | undefined {
  const field = batch.fields.find(({ kind, list }) => (kind === "title" || kind === "name") && !list);
  return field && findColumn(batch.table, field.name) ? field.name : undefined;
}

const dayMs = 86_400_000;

/** A record as people read it: dates as `1978-07-28` in place of the days they are stored as. */
export function readable(record: PlainRecord, state: Pick<LinkageState, "sources">): PlainRecord {
  const fields = state.sources.find((source) => source.source === record.source)?.batches[0]?.fields ?? [];
  const dates = new Set(fields.filter((field) => field.kind === "date").map((field) => field.name));
  if (dates.size === 0) return record;
  const shown = ([name, value]: [string, Value]): [string, Value] =>
    dates.has(name) && typeof value === "number"
      ? [name, new Date(value * dayMs).toISOString().slice(0, 10)]
      : [name, value];
  return { ...record, values: Object.fromEntries(Object.entries(record.values).map(shown)) };
}
