import {
  type Column,
  columnOf,
  dictionaryOf,
  findColumn,
  GrowingFloat64,
  type NumberColumn,
  nullId,
  selectRows,
  type Table,
} from "../../columns/index.ts";
import { columnKindOf, type Field, idColumn, type RecordBatch } from "../../records/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";
import type { BlockKeys } from "./block-keys.ts";

/** The shard a block key belongs to. */
export function shardOf(key: number, shardCount: number): number {
  return key % shardCount;
}

/** Writes each record of the batch under every shard that one of its keys belongs to; the index is the shard. */
export function partition(
  batch: RecordBatch,
  keys: BlockKeys,
  settings: LinkageSettings,
  shardCount: number,
): ShardPart[] {
  const rowsByShard: number[][] = Array.from({ length: shardCount }, () => []);
  for (let row = 0; row < batch.table.rowCount; row++) {
    for (let at = row === 0 ? 0 : (keys.ends[row - 1] as number); at < (keys.ends[row] as number); at++) {
      const rows = rowsByShard[shardOf(keys.keys[at] as number, shardCount)] as number[];
      if (rows[rows.length - 1] !== row) rows.push(row);
    }
  }
  const needed = neededColumns(batch.table, settings);
  return rowsByShard.map((rows) => shardPart(batch, needed, keys, Int32Array.from(rows)));
}

/** The columns of a batch that linkage reads, in one order for all sources; a field that the batch lacks is empty. */
export function neededColumns(table: Table, settings: LinkageSettings): Table {
  const names = new Set(settings.comparisons.map((comparison) => comparison.field));
  for (const rule of settings.rules) for (const { field } of rule.keys) names.add(field);
  if (settings.levelField !== null) names.add(settings.levelField);
  const needed = settings.fields.filter((field) => names.has(field.name));
  const columns = needed.map((field) => findColumn(table, field.name) ?? emptyColumn(field, table.rowCount));
  return { rowCount: table.rowCount, columns: [columnOf(table, idColumn, "text"), ...columns] };
}

function emptyColumn(field: Field, rowCount: number): Column {
  const { name } = field;
  const dictionary = dictionaryOf([]);
  const kind = columnKindOf(field);
  if (kind === "number") return { kind, name, values: new Float64Array(rowCount).fill(Number.NaN) };
  if (kind === "text") return { kind, name, dictionary, ids: new Int32Array(rowCount).fill(nullId) };
  return { kind, name, dictionary, offsets: new Int32Array(rowCount + 1), values: new Int32Array(0) };
}

function shardPart(batch: RecordBatch, needed: Table, keys: BlockKeys, rows: Int32Array): ShardPart {
  const row = Float64Array.from(rows, (at) => batch.firstRow + at);
  const keyEnd = new Float64Array(rows.length);
  const kept = new GrowingFloat64();
  rows.forEach((at, i) => {
    for (let k = at === 0 ? 0 : (keys.ends[at - 1] as number); k < (keys.ends[at] as number); k++)
      kept.push(keys.keys[k] as number);
    keyEnd[i] = kept.length;
  });
  // Rows ascend: as many as there are, they are all of them.
  const selected = rows.length === needed.rowCount ? needed : selectRows(needed, rows);
  const columns = [numbers("row", row), numbers("keyEnd", keyEnd), ...selected.columns];
  return { source: batch.source, records: { rowCount: rows.length, columns }, keys: keysTable(kept.toArray()) };
}

function keysTable(keys: Float64Array): Table {
  return { rowCount: keys.length, columns: [numbers("key", keys)] };
}

function numbers(name: string, values: Float64Array): NumberColumn {
  return { kind: "number", name, values };
}
