import type { TaskBlobs } from "../../flow/index.ts";
import { joinParts, type ShardPart } from "../../linkage/index.ts";
import type { StoredSource } from "./partition-records.ts";
import type { LinkagePlan } from "./plan-sources.ts";
import { getTable } from "./stored-table.ts";

/** One shard of one entity type: the unit of counting and scoring, which needs nothing of another. */
export interface ShardItem {
  readonly entityType: string;
  readonly index: number;
  readonly count: number;
}

/** The name of a shard in the run view. */
export function shardKey({ entityType, index }: ShardItem): string {
  return `${entityType}-${index}`;
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

/** Loads the parts of one shard, one part a source, in the order of the type's sources. */
export async function loadShard(
  blobs: TaskBlobs,
  plan: LinkagePlan,
  sources: readonly StoredSource[],
  item: ShardItem,
): Promise<ShardPart[]> {
  const order = plan.types.find((type) => type.entityType === item.entityType)?.sources ?? [];
  const loaded: ShardPart[] = [];
  for (const name of order) {
    const stored =
      sources.find((source) => source.source === name)?.parts.filter((part) => part.shard === item.index) ?? [];
    const parts: ShardPart[] = [];
    for (const { records, keys } of stored) {
      parts.push({ source: name, records: await getTable(blobs, records), keys: await getTable(blobs, keys) });
    }
    if (parts.length > 0) loaded.push(joinParts(parts));
  }
  return loaded;
}
