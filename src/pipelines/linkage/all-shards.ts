import type { TaskBlobs } from "../../flow/index.ts";
import type { BlockChanges, ShardPart } from "../../linkage/index.ts";
import { type LookedUp, loadLookedUp, lookedUpShards } from "./lookup.ts";
import type { StoredSource } from "./partition-records.ts";
import type { LinkagePlan } from "./plan-sources.ts";
import { loadShard, type ShardItem, shardItems } from "./shards.ts";

/** What was found of pairs before they are counted. */
export interface Blocked {
  readonly plan: LinkagePlan;
  readonly ingest: readonly StoredSource[];
  readonly people: readonly StoredSource[];
  readonly lookup: readonly LookedUp[];
}

/** All shards: those of keys first, then those of lookups. */
export function allShards(
  { plan, ingest, people, lookup }: Blocked,
  params: Parameters<typeof shardItems>[2],
): ShardItem[] {
  return [...shardItems(plan, [...ingest, ...people], params), ...lookedUpShards(plan, lookup)];
}

/** Loads the parts of a shard, of either sort. */
export function loadParts(
  blobs: TaskBlobs,
  { plan, ingest, people, lookup }: Blocked,
  item: ShardItem,
  changes: BlockChanges,
): Promise<ShardPart[]> {
  return item.piece === undefined
    ? loadShard(blobs, plan, [...ingest, ...people], item, changes)
    : loadLookedUp(blobs, lookup, item);
}
