import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import { firstTopKRule, type ShardPart, topKPieces, TopKShard } from "../../linkage/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import { typePlanOf } from "./ingest.ts";
import type { StoredBatch, StoredSource } from "./partition-records.ts";
import type { LinkagePlan } from "./plan-sources.ts";
import type { ShardItem } from "./shards.ts";
import { getTable, putTable } from "./stored-table.ts";

/** Some consecutive batches of one source, whose records are looked up together under the rules with `topK`. */
export interface LookupItem {
  readonly entityType: string;
  readonly source: string;
  /** Its place among the pieces of its entity type. */
  readonly index: number;
  readonly firstBatch: number;
  readonly batchCount: number;
}

/** A shard of the pairs that a lookup found. */
export interface LookedUp extends LookupItem {
  readonly parts: readonly { readonly source: string; readonly records: BlobRef; readonly keys: BlobRef }[];
}

/** Everything that is to be looked up, by entity type. */
export function lookupItems(plan: LinkagePlan, sources: readonly StoredSource[]): LookupItem[] {
  return plan.types.flatMap(({ entityType, settings }) => {
    const batchesOf = (name: string): { at: number; rowCount: number }[] => {
      const { batches = [], recordCount = 0 } = sources.find(({ source }) => source === name) ?? {};
      return batches.map(({ firstRow }, at) => ({
        at,
        rowCount: (batches[at + 1]?.firstRow ?? recordCount) - firstRow,
      }));
    };
    const pieces = topKPieces(settings, batchesOf, ({ rowCount }) => rowCount);
    return pieces.map(({ source, batches }, index) => ({
      entityType,
      source,
      index,
      firstBatch: batches[0]?.at ?? 0,
      batchCount: batches.length,
    }));
  });
}

/** The name of a lookup in the run view. */
export function lookupKey({ source, index }: LookupItem): string {
  return `${source}-${index}`;
}

/** The step `lookup`: finds the records most like those of a piece, and stores them all as one shard. */
export async function lookup(
  blobs: TaskBlobs,
  plan: LinkagePlan,
  sources: readonly StoredSource[],
  item: LookupItem,
): Promise<LookedUp> {
  const { settings } = typePlanOf(plan, item.entityType);
  const batchesOf = (name: string): readonly StoredBatch[] =>
    sources.find(({ source }) => source === name)?.batches ?? [];
  const read = async (batch: StoredBatch): Promise<RecordBatch> => ({
    ...batch,
    table: await getTable(blobs, batch.table, { lazyTexts: true }),
  });
  const batches: RecordBatch[] = [];
  for (const batch of batchesOf(item.source).slice(item.firstBatch, item.firstBatch + item.batchCount))
    batches.push(await read(batch));
  const shard = new TopKShard({ source: item.source, batches }, settings);
  for (const source of shard.passes()) for (const batch of batchesOf(source)) shard.take(await read(batch));
  const parts = [];
  for (const { source, records, keys } of shard.parts) {
    parts.push({
      source,
      records: await putTable(blobs, records, `${lookupKey(item)}-${source}`),
      keys: await putTable(blobs, keys, `${lookupKey(item)}-${source}-keys`),
    });
  }
  return { ...item, parts };
}

/** The shards of what was looked up, to be counted and scored beside those of keys. */
export function lookedUpShards(plan: LinkagePlan, lookedUp: readonly LookedUp[]): ShardItem[] {
  return lookedUp.flatMap(({ entityType, index, parts }) =>
    parts.length === 0
      ? []
      : [
          {
            entityType,
            index: 0,
            count: 1,
            fromRule: firstTopKRule(typePlanOf(plan, entityType).settings),
            piece: index,
          },
        ],
  );
}

/** Loads the parts of a shard that was looked up. */
export async function loadLookedUp(
  blobs: TaskBlobs,
  lookedUp: readonly LookedUp[],
  { entityType, piece }: Pick<ShardItem, "entityType" | "piece">,
): Promise<ShardPart[]> {
  const found = lookedUp.find((one) => one.entityType === entityType && one.index === piece);
  const parts: ShardPart[] = [];
  for (const { source, records, keys } of found?.parts ?? [])
    parts.push({ source, records: await getTable(blobs, records), keys: await getTable(blobs, keys) });
  return parts;
}
