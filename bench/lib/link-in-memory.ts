import type { Table } from "../../src/columns/index.ts";
import {
  blockKeys,
  type Clustering,
  cluster,
  countShard,
  type Frozen,
  freeze,
  joinParts,
  type LinkageSettings,
  type Model,
  mergeCounts,
  partition,
  type ShardPart,
  SourceTally,
  scoreShard,
  train,
} from "../../src/linkage/index.ts";
import type { RecordBatch } from "../../src/records/index.ts";

/** A whole linkage in one process, with the CPU seconds of each step. */
export interface LinkedInMemory {
  readonly frozen: Frozen;
  readonly model: Model;
  readonly scored: readonly Table[];
  readonly clustering: Clustering;
  readonly secondsByStep: Readonly<Record<string, number>>;
}

/** Links batches the way the linkage flow does, shard by shard, without worker processes. */
export function linkInMemory(
  batchesBySource: ReadonlyMap<string, readonly RecordBatch[]>,
  settings: LinkageSettings,
  shardCount = 4,
): LinkedInMemory {
  const secondsByStep: Record<string, number> = {};
  const timed = <T>(step: string, work: () => T): T => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    secondsByStep[step] = (user + system) / 1e6;
    return result;
  };
  const ingested = timed("ingest", () =>
    [...batchesBySource].map(([source, batches]) => ingest(source, batches, settings, shardCount)),
  );
  const frozen = timed("freeze", () =>
    freeze(
      ingested.map((one) => one.counts),
      settings,
    ),
  );
  const shards = Array.from({ length: shardCount }, (_, index) => ({
    address: { index, count: shardCount },
    parts: ingested.map((one) => one.parts[index] as ShardPart),
  }));
  const counts = timed("count", () =>
    mergeCounts(shards.map(({ parts, address }) => countShard(parts, frozen, settings, address))),
  );
  const model = timed("train", () => train(counts, frozen, settings));
  const scored = timed("match", () => shards.map(({ parts, address }) => scoreShard(parts, model, frozen, address)));
  const records = [...batchesBySource].flatMap(([source, batches]) =>
    batches.map((batch) => ({ source, table: batch.table })),
  );
  const clustering = timed("cluster", () => cluster({ scored, records, model }));
  return { frozen, model, scored, clustering, secondsByStep };
}

function ingest(source: string, batches: readonly RecordBatch[], settings: LinkageSettings, shardCount: number) {
  const tally = new SourceTally(settings, source);
  const byShard: ShardPart[][] = Array.from({ length: shardCount }, () => []);
  for (const batch of batches) {
    const keys = blockKeys(batch, settings);
    tally.add(batch, keys);
    partition(batch, keys, settings, shardCount).forEach((part, shard) => {
      (byShard[shard] as ShardPart[]).push(part);
    });
  }
  return { parts: byShard.map(joinParts), counts: tally.finish() };
}
