import type { TaskBlobs } from "../../flow/index.ts";
import type { ShardPart, Slice } from "../../linkage/index.ts";
import type { StoredSource } from "./partition-records.ts";
import type { LinkagePlan } from "./plan-sources.ts";
import { getTable } from "./stored-table.ts";

/** One shard of one entity type: the unit of counting and scoring, which needs nothing of another. */
export interface ShardItem {
  readonly entityType: string;
  readonly index: number;
  readonly count: number;
  /** The first rule whose pairs the shard makes; see `ShardAddress`. */
  readonly fromRule?: number;
  /** The piece of a source that was looked up, where the shard holds what was found; else its records share keys. */
  readonly piece?: number;
}

/** A part of a shard's pairs that one task scores: all of them, or one slice of a shard that makes very many. */
export interface ShardSlice extends ShardItem {
  readonly slice: Slice;
}

/** Pairs that one task scores; a shard that makes more is scored in slices by several. */
const taskPairsMax = 20_000_000;

/** Cuts shards by the pairs they make, as they were counted: one large block must not leave all but one worker idle. */
export function shardSlices(
  items: readonly ShardItem[],
  counted: readonly { readonly pairsByRule: readonly number[] }[],
  pairsMax = taskPairsMax,
): ShardSlice[] {
  return items.flatMap((item, i) => {
    const pairs = counted[i]?.pairsByRule.reduce((sum, count) => sum + count, 0) ?? 0;
    const count = Math.max(1, Math.ceil(pairs / pairsMax));
    return Array.from({ length: count }, (_, index) => ({ ...item, slice: { index, count } }));
  });
}

/** The name of a slice in the run view: that of its shard where there is only one. */
export function sliceKey(item: ShardSlice): string {
  const { index, count } = item.slice;
  return count === 1 ? shardKey(item) : `${shardKey(item)}.${index + 1}of${count}`;
}

/** The name of a shard in the run view. */
export function shardKey({ entityType, index, piece }: ShardItem): string {
  return piece === undefined ? `${entityType}-${index}` : `${entityType}-lookup-${piece}`;
}

/** Every shard that holds records of at least one source, by entity type. */
export function shardItems(plan: LinkagePlan, sources: readonly StoredSource[], count: number): ShardItem[] {
  return plan.types.flatMap(({ entityType }) => {
    const used = new Set(
      sources
        .filter((source) => source.entityType === entityType)
        .flatMap((source) => source.parts.map((part) => part.shard)),
    );
    return [...used].sort((a, b) => a - b).map((index) => ({ entityType, index, count }));
  });
}

/** Loads the parts of one shard, source by source in the order of the type's sources, a part a batch. */
export async function loadShard(
  blobs: TaskBlobs,
  plan: LinkagePlan,
  sources: readonly StoredSource[],
  item: ShardItem,
): Promise<ShardPart[]> {
  const order = plan.types.find((type) => type.entityType === item.entityType)?.sources ?? [];
  const parts: ShardPart[] = [];
  for (const name of order) {
    const stored = sources.find((source) => source.source === name)?.parts ?? [];
    for (const { shard, records, keys } of stored) {
      if (shard !== item.index) continue;
      parts.push({ source: name, records: await getTable(blobs, records), keys: await getTable(blobs, keys) });
    }
  }
  return parts;
}
