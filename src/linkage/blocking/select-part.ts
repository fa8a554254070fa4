import { columnOf, GrowingFloat64, GrowingInt32, selectRows } from "../../columns/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";
import { shardOf } from "./partition.ts";
import type { ShardAddress } from "./shard-address.ts";
import { type BlockChanges, keyChanger } from "./split-blocks.ts";

/** Parts in the order in which a shard holds their records: by source. */
export function inShardOrder(parts: readonly ShardPart[], { sources }: LinkageSettings): ShardPart[] {
  return [...parts].sort((a, b) => sources.indexOf(a.source) - sources.indexOf(b.source));
}

/**
 * What of a part belongs to one cut of its shard: the records that have a key in it, with all their keys. A part is cut as
 * soon as it is loaded, so that memory holds the cut and never the shard.
 */
export function cutPart(part: ShardPart, changes: BlockChanges, address: ShardAddress): ShardPart {
  const ends = columnOf(part.records, "keyEnd", "number").values;
  const keys = columnOf(part.keys, "key", "number").values;
  const change = keyChanger(part.records, changes, address.cutFrom ?? address.count);
  const rows = new GrowingInt32(ends.length);
  for (let row = 0, from = 0; row < ends.length; row++) {
    const own = keys.subarray(from, ends[row]);
    from = ends[row] as number;
    const changed = change === null ? own : change(row, own);
    if (changed.some((key) => shardOf(key, address.count) === address.index)) rows.push(row);
  }
  return selectPart(part, rows.toArray());
}

/** Some records of a shard, by their places in it, ascending: a shard of its own with the same keys. */
export function narrowParts(parts: readonly ShardPart[], settings: LinkageSettings, records: Int32Array): ShardPart[] {
  let first = 0;
  let at = 0;
  return inShardOrder(parts, settings).map((part) => {
    const from = at;
    const end = first + part.records.rowCount;
    while (at < records.length && (records[at] as number) < end) at++;
    const rows = records.slice(from, at).map((record) => record - first);
    first = end;
    return selectPart(part, rows);
  });
}

function selectPart(part: ShardPart, rows: Int32Array): ShardPart {
  if (rows.length === part.records.rowCount) return part;
  const ends = columnOf(part.records, "keyEnd", "number").values;
  const keys = columnOf(part.keys, "key", "number").values;
  const kept = new GrowingFloat64(rows.length * 4);
  const keyEnd = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    kept.pushAll(keys.subarray(row === 0 ? 0 : ends[row - 1], ends[row]));
    keyEnd[i] = kept.length;
  });
  const columns = selectRows(part.records, rows).columns.map((column) =>
    column.name === "keyEnd" ? ({ kind: "number", name: "keyEnd", values: keyEnd } as const) : column,
  );
  const ownKeys = { kind: "number", name: "key", values: kept.toArray() } as const;
  return {
    source: part.source,
    records: { rowCount: rows.length, columns },
    keys: { rowCount: kept.length, columns: [ownKeys] },
  };
}
