import { columnOf, nullId } from "../../columns/index.ts";
import { idColumn } from "../../records/index.ts";
import { inShardOrder, type Shard } from "../blocking/index.ts";
import type { PairSpace } from "../engine/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";

/** The block of a shard that holds the most records: what makes one shard slower than its siblings. */
export interface LargestBlock {
  /** The name of the blocking rule that makes it. */
  readonly rule: string;
  /** One of its records, by source and id: its key is only a number by now. */
  readonly source: string;
  readonly id: string;
  readonly records: number;
  /** The pairs that it makes, those included that another block makes too. */
  readonly pairs: number;
}

/** Finds the largest block; null in a shard without one. */
export function largestBlockOf(
  { blockStarts, blockCount, blockRules, members }: PairSpace,
  shard: Shard,
  settings: LinkageSettings,
  parts: readonly ShardPart[],
): LargestBlock | null {
  const sizeOf = (block: number): number =>
    (blockStarts.values[block + 1] as number) - (blockStarts.values[block] as number);
  let largest = 0;
  for (let block = 1; block < blockCount; block++) if (sizeOf(block) > sizeOf(largest)) largest = block;
  if (blockCount === 0) return null;
  const records = members.values.subarray(blockStarts.values[largest], blockStarts.values[largest + 1]);
  const first = records[0] as number;
  return {
    rule: settings.rules[blockRules.values[largest] as number]?.name ?? "",
    source: settings.sources[shard.source[first] as number] ?? "",
    id: idOf(inShardOrder(parts, settings), first),
    records: records.length,
    pairs: pairsOf(records, shard.source, settings.dedupe),
  };
}

function idOf(parts: readonly ShardPart[], place: number): string {
  let first = 0;
  for (const { records } of parts) {
    if (place < first + records.rowCount) {
      const { ids, dictionary } = columnOf(records, idColumn, "text");
      const id = ids[place - first] as number;
      return id === nullId ? "" : dictionary.get(id);
    }
    first += records.rowCount;
  }
  return "";
}

function pairsOf(records: Int32Array, source: Uint8Array, dedupe: boolean): number {
  const bySource = new Map<number, number>();
  for (const record of records)
    bySource.set(source[record] as number, (bySource.get(source[record] as number) ?? 0) + 1);
  const ofOne = [...bySource.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  return (records.length * (records.length - 1)) / 2 - (dedupe ? 0 : ofOne);
}
