import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import { blockKeys, type LinkageSettings, partition, SourceTally } from "../../linkage/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import { putCounts, type StoredCounts } from "./stored-counts.ts";
import { putTable } from "./stored-table.ts";

/** A part of one source for one shard, as two stored tables. */
export interface StoredPart {
  readonly shard: number;
  readonly records: BlobRef;
  readonly keys: BlobRef;
}

/** A source, cleaned and cut: all that the later steps need of it. */
export interface StoredSource {
  readonly source: string;
  readonly entityType: string;
  readonly recordCount: number;
  /** The cleaned records in order, one table a batch. */
  readonly batches: readonly StoredBatch[];
  readonly parts: readonly StoredPart[];
  readonly counts: StoredCounts;
}

/** One stored batch of cleaned records: a `RecordBatch` with its table put away. */
export type StoredBatch = Omit<RecordBatch, "table"> & { readonly table: BlobRef };

/** Streams the cleaned records of a source into batches, shards and counts. Memory holds one batch at a time. */
export async function partitionRecords(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  what: { readonly source: string; readonly entityType: string },
  settings: LinkageSettings,
  shardCount: number,
  blobs: TaskBlobs,
  onBatch: (recordCount: number) => void = () => {},
): Promise<StoredSource> {
  const tally = new SourceTally(settings, what.source);
  const stored: StoredBatch[] = [];
  const parts: StoredPart[] = [];
  let recordCount = 0;
  for await (const batch of batches) {
    const keys = blockKeys(batch, settings);
    tally.add(batch, keys);
    for (const [shard, part] of partition(batch, keys, settings, shardCount).entries()) {
      if (part.records.rowCount === 0) continue;
      parts.push({
        shard,
        records: await putTable(blobs, part.records, `${what.source}-shard-${shard}`),
        keys: await putTable(blobs, part.keys, `${what.source}-keys-${shard}`),
      });
    }
    stored.push({ ...batch, table: await putTable(blobs, batch.table, `${what.source}-${stored.length + 1}`) });
    recordCount += batch.table.rowCount;
    onBatch(recordCount);
  }
  return { ...what, recordCount, batches: stored, parts, counts: await putCounts(blobs, tally.finish()) };
}
