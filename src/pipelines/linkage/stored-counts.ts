import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import type { Counts, Frozen, FrozenFacts, SourceCounts } from "../../linkage/index.ts";
import { getJson, getTable, putJson, putTable } from "./stored-table.ts";

/** The counts of a source, its tables put away. */
export type StoredCounts = Omit<SourceCounts, "values" | "keys" | "sample"> & {
  readonly values: BlobRef;
  readonly keys: BlobRef;
  readonly sample: BlobRef;
};

/** Stores the counts of a source. */
export async function putCounts(blobs: TaskBlobs, counts: SourceCounts): Promise<StoredCounts> {
  const { source } = counts;
  return {
    ...counts,
    values: await putTable(blobs, counts.values, `${source}-values`),
    keys: await putTable(blobs, counts.keys, `${source}-key-counts`),
    sample: await putTable(blobs, counts.sample, `${source}-sample`),
  };
}

/** The counts of a source that {@link putCounts} stored. */
export async function getCounts(blobs: TaskBlobs, stored: StoredCounts): Promise<SourceCounts> {
  return {
    ...stored,
    values: await getTable(blobs, stored.values),
    keys: await getTable(blobs, stored.keys),
    sample: await getTable(blobs, stored.sample),
  };
}

/** What is known of all sources of a type before a pair is scored, put away. */
export interface StoredFrozen {
  readonly facts: BlobRef;
  readonly frequencies: BlobRef;
}

/** Stores what is known of all sources of a type. */
export async function putFrozen(blobs: TaskBlobs, frozen: Frozen, entityType: string): Promise<StoredFrozen> {
  return {
    facts: await putJson(blobs, frozen.facts, `${entityType}-facts`),
    frequencies: await putTable(blobs, frozen.frequencies, `${entityType}-frequencies`),
  };
}

/** What {@link putFrozen} stored. */
export async function getFrozen(blobs: Pick<TaskBlobs, "get">, stored: StoredFrozen): Promise<Frozen> {
  return {
    facts: await getJson<FrozenFacts>(blobs, stored.facts),
    frequencies: await getTable(blobs, stored.frequencies),
  };
}

/** The sampled pairs of one shard, put away. */
export interface StoredPairCounts {
  readonly entityType: string;
  readonly pairs: BlobRef;
  readonly pairsByRule: readonly number[];
}

/** Stores the sampled pairs of one shard. */
export async function putPairCounts(blobs: TaskBlobs, counts: Counts, entityType: string): Promise<StoredPairCounts> {
  return { entityType, pairs: await putTable(blobs, counts.pairs, "pair-counts"), pairsByRule: counts.pairsByRule };
}

/** The sampled pairs that {@link putPairCounts} stored. */
export async function getPairCounts(blobs: TaskBlobs, stored: StoredPairCounts): Promise<Counts> {
  return { pairs: await getTable(blobs, stored.pairs), pairsByRule: stored.pairsByRule };
}
