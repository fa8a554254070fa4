import type { Table } from "../columns/index.ts";
import type { RecordBatch } from "../records/index.ts";
import { blockKeys, partition, type ShardAddress, type SourceCounts, SourceTally } from "./blocking/index.ts";
import {
  countShard,
  type Frozen,
  freeze,
  type LabelledRecords,
  labelledPatterns,
  type Model,
  mergeCounts,
  type OpenOptions,
  ShardPairs,
  scoreShard,
  train,
} from "./classify/index.ts";
import type { Clustering } from "./cluster/index.ts";
import { clusterWhole } from "./cluster-whole.ts";
import { plainScan } from "./engine/index.ts";
import { type BlockingRecall, estimateRecall, mergeCaptures } from "./recall/index.ts";
import type { LinkageSettings } from "./settings.ts";
import type { ShardPart } from "./shard-part.ts";
import { firstTopKRule, topKPieces, TopKShard } from "./top-k-shards.ts";

/** One step of a linkage; they stand in their order. */
export type LinkageStep = "block" | "freeze" | "topK" | "open" | "count" | "train" | "score" | "cluster";

/** A whole linkage. */
export interface LinkedTables {
  readonly frozen: Frozen;
  readonly model: Model;
  /** The pairs kept of each shard; see `scoreShard`. */
  readonly scored: readonly Table[];
  /** Candidate pairs scored, by rule. */
  readonly pairsByRule: readonly number[];
  /** The share of all matches that the rules bring together, as estimated. */
  readonly recall: BlockingRecall;
  readonly clustering: Clustering;
}

/** How tables are linked. */
export interface LinkTablesOptions extends Omit<OpenOptions, "slice"> {
  /** Into how many shards the records are cut; the result is the same for any number. Default 1. */
  readonly shards?: number;
  /** A model to score with in place of training one. */
  readonly model?: Model;
  /** Labelled pairs that training learns from, where it trains. */
  readonly labelled?: LabelledRecords;
  /** Is told of every step when it is done. */
  readonly onStep?: (step: LinkageStep) => void;
}

/**
 * Links records that are in memory, in this thread: what the linkage pipeline does step by step over workers and files.
 * The records of a source come in batches, in their order.
 */
export function linkTables(
  batchesBySource: ReadonlyMap<string, readonly RecordBatch[]>,
  settings: LinkageSettings,
  { shards: shardCount = 1, model: given, labelled, onStep = () => {}, ...options }: LinkTablesOptions = {},
): LinkedTables {
  const done = <T>(step: LinkageStep, result: T): T => {
    onStep(step);
    return result;
  };
  const blocked = done(
    "block",
    [...batchesBySource].map(([source, batches]) =>
      // What scans in TypeScript alone is blocked so too.
      block(source, batches, settings, shardCount, options.scanner !== plainScan),
    ),
  );
  const counted = blocked.map((one) => one.counts);
  const frozen = done("freeze", freeze(counted, settings, shardCount));
  const byKeys = Array.from({ length: shardCount }, (_, index) => ({
    parts: blocked.flatMap((one) => one.partsByShard[index] as ShardPart[]),
    address: { index, count: shardCount },
  }));
  const byTopK = done("topK", topKShards(batchesBySource, settings));
  const opened = done(
    "open",
    [...byKeys, ...byTopK].map(({ parts, address }) =>
      new ShardPairs(parts, frozen, settings, address, options).open(),
    ),
  );
  const learn = (): Model => {
    const counts = done("count", mergeCounts(opened.map(countShard)));
    return train(counts, frozen, settings, labelled && labelledPatterns(labelled, frozen, settings));
  };
  const model = given ?? learn();
  onStep("train");
  const scored = done(
    "score",
    opened.map((pairs) => scoreShard(pairs, model)),
  );
  const tables = scored.map((shard) => shard.pairs);
  const records = [...batchesBySource].flatMap(([source, batches]) =>
    batches.map((batch) => ({ source, table: batch.table })),
  );
  return {
    frozen,
    model,
    scored: tables,
    pairsByRule: settings.rules.map((_, rule) =>
      scored.reduce((sum, shard) => sum + (shard.pairsByRule[rule] as number), 0),
    ),
    recall: estimateRecall(mergeCaptures(scored.map((shard) => shard.captures)), settings),
    clustering: done("cluster", clusterWhole({ scored: tables, records, model }, frozen)),
  };
}

/** The pairs of rules with `topK`, in shards of their own. */
function topKShards(
  batchesBySource: ReadonlyMap<string, readonly RecordBatch[]>,
  settings: LinkageSettings,
): { parts: readonly ShardPart[]; address: ShardAddress }[] {
  const batchesOf = (source: string): readonly RecordBatch[] => batchesBySource.get(source) ?? [];
  const address = { index: 0, count: 1, fromRule: firstTopKRule(settings) };
  return topKPieces(settings, batchesOf, (batch) => batch.table.rowCount).map((piece) => {
    const shard = new TopKShard(piece, settings);
    for (const source of shard.passes()) for (const batch of batchesOf(source)) shard.take(batch);
    return { parts: shard.parts, address };
  });
}

/** The counts of a source, and its records under the shards of their keys. */
function block(
  source: string,
  batches: readonly RecordBatch[],
  settings: LinkageSettings,
  shardCount: number,
  byKernel: boolean,
): { partsByShard: ShardPart[][]; counts: SourceCounts } {
  const tally = new SourceTally(settings, source, byKernel);
  const byShard: ShardPart[][] = Array.from({ length: shardCount }, () => []);
  for (const batch of batches) {
    const keys = blockKeys(batch, settings, byKernel);
    tally.add(batch, keys);
    partition(batch, keys, settings, shardCount).forEach((part, shard) => {
      (byShard[shard] as ShardPart[]).push(part);
    });
  }
  return { partsByShard: byShard, counts: tally.finish() };
}
