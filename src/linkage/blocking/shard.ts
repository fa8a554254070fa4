import {
  type Column,
  columnOf,
  concatTables,
  findColumn,
  nullId,
  type Table,
  type TextColumn,
} from "../../columns/index.ts";
import { idColumn } from "../../records/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";

/** Which shard of how many. */
export interface ShardAddress {
  readonly index: number;
  readonly count: number;
}

/** All records of one shard side by side, ready to be paired: ordered by source, then row. */
export interface Shard {
  readonly address: ShardAddress;
  readonly rowCount: number;
  /** Index into the settings' sources, for each record. */
  readonly source: Uint8Array;
  /** Place of each record in its source. */
  readonly row: Float64Array;
  readonly ids: TextColumn;
  /** Level of each record as a small number; 0 when unknown. */
  readonly level: Uint8Array;
  /** Record `r` owns `keys[keyStarts[r]]` up to, not including, `keys[keyStarts[r + 1]]`; dropped keys are gone. */
  readonly keyStarts: Int32Array;
  readonly keys: Float64Array;
  /** The columns of the compared fields. */
  readonly fields: ReadonlyMap<string, Column>;
}

/** Puts the parts of all sources together; the order in which they are given does not matter. */
export function openShard(
  parts: readonly ShardPart[],
  dropped: ReadonlySet<number>,
  settings: LinkageSettings,
  address: ShardAddress,
): Shard {
  const ordered = [...parts].sort((a, b) => settings.sources.indexOf(a.source) - settings.sources.indexOf(b.source));
  const records = concatTables(ordered.map((part) => part.records));
  const source = new Uint8Array(records.rowCount);
  let at = 0;
  for (const part of ordered) {
    source.fill(settings.sources.indexOf(part.source), at, at + part.records.rowCount);
    at += part.records.rowCount;
  }
  return {
    address,
    rowCount: records.rowCount,
    source,
    row: columnOf(records, "row", "number").values,
    ids: columnOf(records, idColumn, "text"),
    level: levelsOf(records, settings.levelField),
    ...keptKeys(ordered, records.rowCount, dropped),
    fields: new Map(records.columns.map((column) => [column.name, column])),
  };
}

function keptKeys(
  parts: readonly ShardPart[],
  rowCount: number,
  dropped: ReadonlySet<number>,
): Pick<Shard, "keyStarts" | "keys"> {
  const total = parts.reduce((sum, part) => sum + part.keys.rowCount, 0);
  const keys = new Float64Array(total);
  const keyStarts = new Int32Array(rowCount + 1);
  let row = 0;
  let to = 0;
  for (const part of parts) {
    const ends = columnOf(part.records, "keyEnd", "number").values;
    const from = columnOf(part.keys, "key", "number").values;
    for (let i = 0, at = 0; i < ends.length; i++) {
      for (; at < (ends[i] as number); at++) if (!dropped.has(from[at] as number)) keys[to++] = from[at] as number;
      keyStarts[++row] = to;
    }
  }
  return { keyStarts, keys: keys.subarray(0, to) };
}

function levelsOf(records: Table, levelField: string | null): Uint8Array {
  const level = new Uint8Array(records.rowCount);
  const column = levelField === null ? undefined : findColumn(records, levelField);
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
