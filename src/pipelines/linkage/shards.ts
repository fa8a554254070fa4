import type { TaskBlobs } from "../../flow/index.ts";
import { type BlockChanges, cutPart, type ShardPart, type Slice } from "../../linkage/index.ts";
import type { StoredSource } from "./partition-records.ts";
import type { LinkagePlan } from "./plan-sources.ts";
import { getTable } from "./stored-table.ts";

/** One shard of one entity type: the unit of counting and scoring, which needs nothing of another. */
export interface ShardItem {
  readonly entityType: string;
  readonly index: number;
  readonly count: number;
  /** Of a cut: how many shards there were before; see `ShardAddress`. */
  readonly cutFrom?: number;
  /** The first rule whose pairs the shard makes; see `ShardAddress`. */
  readonly fromRule?: number;
  /** The piece of a source that was looked up, where the shard holds what was found; else its records share keys. */
  readonly piece?: number;
}

/** A part of a shard's pairs that one task scores: all of them, or one slice of a shard that makes very many. */
export interface ShardSlice extends ShardItem {
  readonly slice: Slice;
  /** Pairs that it makes, as they were counted. */
  readonly pairs: number;
}

/** Pairs that one task scores; a shard that makes more is scored in slices by several. */
const taskPairsMax = 20_000_000;
/** Every slice opens the whole shard, which takes a record as long as so many pairs. */
const pairsPerRecord = 150;

/** Cuts shards by the pairs they make, as they were counted: one large block must not leave all but one worker idle. */
export function shardSlices(
  items: readonly ShardItem[],
  counted: readonly { readonly pairsByRule: readonly number[]; readonly recordCount: number }[],
  pairsMax = taskPairsMax,
): ShardSlice[] {
  return items.flatMap((item, i) => {
    const pairs = counted[i]?.pairsByRule.reduce((sum, count) => sum + count, 0) ?? 0;
    const taskPairs = Math.max(pairsMax, (counted[i]?.recordCount ?? 0) * pairsPerRecord);
    const count = Math.max(1, Math.ceil(pairs / taskPairs));
    return Array.from({ length: count }, (_, index) => ({ ...item, slice: { index, count }, pairs: pairs / count }));
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

/** Bytes that a stored byte of a shard takes once it is opened, at most: encoded columns beside their texts, and garbage. */
const openedBytesPerStored = 6;

/** Every shard that holds records of at least one source, by entity type; one that is too large for a task, in cuts. */
export function shardItems(
  plan: LinkagePlan,
  sources: readonly StoredSource[],
  { shards: count, memoryMiB }: { readonly shards: number; readonly memoryMiB: number },
): ShardItem[] {
  return plan.types.flatMap(({ entityType }) => {
    const storedBytes = new Map<number, number>();
    for (const source of sources) {
      if (source.entityType !== entityType) continue;
      for (const { shard, records, keys } of source.parts)
        storedBytes.set(shard, (storedBytes.get(shard) ?? 0) + records.byteCount + keys.byteCount);
    }
    return [...storedBytes.keys()]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const opened = (storedBytes.get(index) as number) * openedBytesPerStored;
        return cutsOf({ entityType, index, count }, Math.ceil(opened / (memoryMiB * 2 ** 20)));
      });
  });
}

/** A cut holds the keys of a shard that are in one shard of finer ones: it needs nothing of the other cuts either. */
function cutsOf(item: ShardItem, cutCount: number): ShardItem[] {
  if (cutCount <= 1) return [item];
  const { entityType, index, count } = item;
  return Array.from({ length: cutCount }, (_, cut) => ({
    entityType,
    index: index + cut * count,
    count: count * cutCount,
    cutFrom: count,
  }));
}

/**
 * Loads the parts of one shard, source by source in the order of the type's sources, a part a batch. Of a cut only its own
 * records stay in memory.
 */
export async function loadShard(
  blobs: TaskBlobs,
  plan: LinkagePlan,
  sources: readonly StoredSource[],
  item: ShardItem,
  changes: BlockChanges,
): Promise<ShardPart[]> {
  const order = plan.types.find((type) => type.entityType === item.entityType)?.sources ?? [];
  const shardIndex = item.index % (item.cutFrom ?? item.count);
  const parts: ShardPart[] = [];
  for (const name of order) {
    const stored = sources.find((source) => source.source === name)?.parts ?? [];
    for (const { shard, records, keys } of stored) {
      if (shard !== shardIndex) continue;
      const part = { source: name, records: await getTable(blobs, records), keys: await getTable(blobs, keys) };
      parts.push(item.cutFrom === undefined ? part : cutPart(part, changes, item));
    }
  }
  return parts;
}
