import {
  type Column,
  columnOf,
  concatTables,
  findColumn,
  GrowingFloat64,
  type NumberColumn,
  nullId,
  rowCountOf,
  type Table,
  type TextColumn,
  TextNumbers,
  type Utf8Texts,
  utf8Of,
} from "../../columns/index.ts";
import { idColumn } from "../../records/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";
import type { ShardAddress } from "./shard-address.ts";
import { inShardOrder } from "./select-part.ts";
import { type BlockChanges, keyChanger } from "./split-blocks.ts";

/** All records of one shard side by side, ready to be paired: ordered by source, then row. */
export interface Shard {
  readonly address: ShardAddress;
  readonly rowCount: number;
  /** Index into the settings' sources, for each record. */
  readonly source: Uint8Array;
  /** Place of each record in its source. */
  readonly row: Float64Array;
  /** Numbers the ids of those records that it is asked for, equal ids under one number. */
  readonly idNumberer: (expected?: number) => { readonly texts: TextNumbers; numberOf(record: number): number };
  /** Level of each record as a small number; 0 when unknown. */
  readonly level: Uint8Array;
  /** Record `r` owns `keys[keyStarts[r]]` up to, not including, `keys[keyStarts[r + 1]]`, ascending; dropped keys are gone. */
  readonly keyStarts: Int32Array;
  readonly keys: Float64Array;
  readonly fields: ShardFields;
}

/** The columns of the compared fields: one by one as the sources have them, or put together when that is asked for. */
export interface ShardFields {
  /** The columns of all sources, end to end; undefined for a field that none has. */
  get(name: string): Column | undefined;
  /** The same, source by source, their dictionaries apart. */
  parts(name: string): readonly Column[];
}

/** Puts the parts of all sources together. Those of one source come in the order of its rows; sources in any order. */
export function openShard(
  parts: readonly ShardPart[],
  changes: BlockChanges,
  settings: LinkageSettings,
  address: ShardAddress,
): Shard {
  const ordered = inShardOrder(parts, settings);
  const tables = ordered.map((part) => part.records);
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0);
  const fields = shardFields(tables);
  const source = new Uint8Array(rowCount);
  let at = 0;
  for (const part of ordered) {
    source.fill(settings.sources.indexOf(part.source), at, at + part.records.rowCount);
    at += part.records.rowCount;
  }
  return {
    address,
    rowCount,
    source,
    row: (fields.get("row") as NumberColumn | undefined)?.values ?? new Float64Array(0),
    idNumberer: idNumberer(tables),
    level: levelsOf(fields, rowCount, settings.levelField),
    ...changedKeys(ordered, rowCount, changes, address.cutFrom ?? address.count),
    fields,
  };
}

function shardFields(tables: readonly Table[]): ShardFields {
  const joined = new Map<string, Column | undefined>();
  const parts = (name: string): readonly Column[] => tables.flatMap((table) => findColumn(table, name) ?? []);
  return {
    parts,
    get(name) {
      if (!joined.has(name)) joined.set(name, joinColumns(parts(name)));
      return joined.get(name);
    },
  };
}

function joinColumns(columns: readonly Column[]): Column | undefined {
  if (columns.length === 0) return undefined;
  const tables = columns.map((column) => ({ rowCount: rowCountOf(column), columns: [column] }));
  return concatTables(tables).columns[0];
}

function idNumberer(tables: readonly Table[]): Shard["idNumberer"] {
  const starts = [0];
  for (const table of tables) starts.push((starts.at(-1) as number) + table.rowCount);
  const columns = tables.map((table) => columnOf(table, idColumn, "text"));
  return (expected) => {
    const texts = new TextNumbers(expected);
    const utf8 = columns.map((column) => utf8Of(column.dictionary));
    let part = 0;
    const numberOf = (record: number): number => {
      // Neighbours are asked for one after the other.
      if (record < (starts[part] as number)) part = 0;
      while (record >= (starts[part + 1] as number)) part++;
      const id = (columns[part] as TextColumn).ids[record - (starts[part] as number)] as number;
      if (id === nullId) return texts.numberOfText("");
      const { bytes, offsets } = utf8[part] as Utf8Texts;
      return texts.numberOf(bytes, offsets[id] as number, offsets[id + 1] as number);
    };
    return { texts, numberOf };
  };
}

function changedKeys(
  parts: readonly ShardPart[],
  rowCount: number,
  changes: BlockChanges,
  shardCount: number,
): Pick<Shard, "keyStarts" | "keys"> {
  const total = parts.reduce((sum, part) => sum + part.keys.rowCount, 0);
  const keys = new GrowingFloat64(total);
  const keyStarts = new Int32Array(rowCount + 1);
  let row = 0;
  for (const part of parts) {
    const ends = columnOf(part.records, "keyEnd", "number").values;
    const from = columnOf(part.keys, "key", "number").values;
    const change = keyChanger(part.records, changes, shardCount);
    if (change === null) {
      const before = keys.length;
      keys.pushAll(from);
      for (let i = 0; i < ends.length; i++) keyStarts[++row] = before + (ends[i] as number);
      continue;
    }
    for (let i = 0, at = 0; i < ends.length; i++) {
      const own = from.subarray(at, ends[i]);
      at = ends[i] as number;
      keys.pushAll(change(i, own));
      keyStarts[++row] = keys.length;
    }
  }
  return { keyStarts, keys: keys.toArray() };
}

function levelsOf(fields: ShardFields, rowCount: number, levelField: string | null): Uint8Array {
  const level = new Uint8Array(rowCount);
  const column = levelField === null ? undefined : fields.get(levelField);
  if (column?.kind !== "text") return level;
  const numberByText = new Map<string, number>();
  for (let row = 0; row < level.length; row++) {
    const id = column.ids[row] as number;
    if (id === nullId) continue;
    const text = column.dictionary.get(id);
    if (!numberByText.has(text)) numberByText.set(text, numberByText.size + 1);
    level[row] = numberByText.get(text) as number;
  }
  return level;
}
