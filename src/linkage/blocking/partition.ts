import {
  type Column,
  columnOf,
  dictionaryOf,
  findColumn,
  GrowingFloat64,
  GrowingInt32,
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
  return key - Math.floor(key / shardCount) * shardCount;
}

/** Writes each record of the batch under every shard that one of its keys belongs to; the index is the shard. */
export function partition(
  batch: RecordBatch,
  keys: BlockKeys,
  settings: LinkageSettings,
  shardCount: number,
): ShardPart[] {
  const needed = neededColumns(batch.table, settings);
  if (shardCount === 1) return [wholePart(batch, needed, keys)];
  const rowsByShard = Array.from({ length: shardCount }, () => new GrowingInt32(16));
  const lastRow = new Int32Array(shardCount).fill(-1);
  for (let row = 0, at = 0; row < batch.table.rowCount; row++) {
    for (const end = keys.ends[row] as number; at < end; at++) {
      const shard = shardOf(keys.keys[at] as number, shardCount);
      if (lastRow[shard] === row) continue;
      (rowsByShard[shard] as GrowingInt32).push(row);
      lastRow[shard] = row;
    }
  }
  return rowsByShard.map((rows) => shardPart(batch, needed, keys, rows.toArray()));
}

/** All records of a batch: one without a key makes no pair, and sparing it would cost a copy of the others. */
function wholePart(batch: RecordBatch, needed: Table, { ends, keys }: BlockKeys): ShardPart {
  const row = Float64Array.from(ends.keys(), (at) => batch.firstRow + at);
  const columns = [numbers("row", row), numbers("keyEnd", Float64Array.from(ends)), ...needed.columns];
  return { source: batch.source, records: { rowCount: ends.length, columns }, keys: keysTable(keys) };
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
  const row = new Float64Array(rows.length);
  const keyEnd = new Float64Array(rows.length);
  const kept = new GrowingFloat64(rows.length * 4);
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i] as number;
    row[i] = batch.firstRow + at;
    for (let k = at === 0 ? 0 : (keys.ends[at - 1] as number); k < (keys.ends[at] as number); k++)
      kept.push(keys.keys[k] as number);
    keyEnd[i] = kept.length;
  }
  const columns = [numbers("row", row), numbers("keyEnd", keyEnd), ...selectRows(needed, rows).columns];
  return { source: batch.source, records: { rowCount: rows.length, columns }, keys: keysTable(kept.toArray()) };
}

function keysTable(keys: Float64Array): Table {
  return { rowCount: keys.length, columns: [numbers("key", keys)] };
}

function numbers(name: string, values: Float64Array): NumberColumn {
  return { kind: "number", name, values };
}
