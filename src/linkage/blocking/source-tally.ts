import { hash53, hashPair53 } from "../../base/index.ts";
import {
  concatTables,
  findColumn,
  GrowingFloat64,
  GrowingInt32,
  type NumberColumn,
  nullId,
  selectRows,
  type Table,
} from "../../columns/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import { comparisonOf } from "../compare/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { kernelRowsMin, releaseBlockKernel, withBlockKernel } from "./block-kernel.ts";
import type { BlockKeys } from "./block-keys.ts";
import { type CountedKeys, countedToTable, filterCounted, KeyCounter } from "./counted-keys.ts";
import { neededColumns } from "./partition.ts";

/** What `freeze` needs to know of one source: small, whatever the source's size. */
export interface SourceCounts {
  readonly source: string;
  readonly recordCount: number;
  /** `comparison` (its place in the settings), `key` (hash of a value), `count` (records with it): two and more. */
  readonly values: Table;
  /** `key` and `count` of block keys: large ones, and a share of the small ones that {@link keyShare} gives. */
  readonly keys: Table;
  readonly keyShare: number;
  /** A seeded sample of whole records: the needed columns. */
  readonly sample: Table;
}

const keysKeptMax = 200_000;
const sampleRecordsMax = 1500;
/** Keys of this many records in one source are always kept: they may make a block too large. */
const largeKeyCount = 48;

/** Gives each record of a source, by its row, a number in [0, 1) for good: samples are drawn by it, whatever the shards and batches. */
export function recordDraws(source: string, seed: number): (row: number) => number {
  const first = hash53(source, seed);
  return (row) => hashPair53(first, row) / 2 ** 53;
}

/** The draws of so many rows from `firstRow` on. */
export function plainDraws(source: string, seed: number, firstRow: number, count: number): Float64Array {
  const drawOf = recordDraws(source, seed);
  const draws = new Float64Array(count);
  for (let row = 0; row < draws.length; row++) draws[row] = drawOf(firstRow + row);
  return draws;
}

/** The same by the kernel; undefined where it is not built. */
export function kernelDraws(source: string, seed: number, firstRow: number, count: number): Float64Array | undefined {
  return withBlockKernel(({ arena, run }) => {
    const draws = arena.float64(count);
    run.drawRows(hash53(source, seed), firstRow, count, draws.at);
    return draws.values.slice();
  });
}

/** Counts values and block keys of one source while it streams by. */
export class SourceTally {
  readonly #settings: LinkageSettings;
  readonly #source: string;
  readonly #keys: KeyCounter;
  readonly #byKernel: boolean;
  readonly #values: (KeyCounter | null)[];
  #sample: SampledRecords[] = [];
  #sampled = 0;
  #drawMax = 1;
  #recordCount = 0;

  constructor(settings: LinkageSettings, source: string, byKernel = true) {
    this.#byKernel = byKernel;
    this.#keys = new KeyCounter(byKernel);
    this.#settings = settings;
    this.#source = source;
    this.#values = settings.comparisons.map((one) => {
      const { valueKeys, keysSampled } = comparisonOf(one);
      return valueKeys === undefined || keysSampled ? null : new KeyCounter(byKernel);
    });
  }

  /** Counts a batch; `keys` are its block keys. */
  add(batch: RecordBatch, keys: BlockKeys): void {
    this.#keys.addAll(keys.keys);
    this.#values.forEach((counter, i) => {
      if (counter !== null) countValues(batch.table, this.#settings, i, counter);
    });
    this.#sampleBatch(batch);
    this.#recordCount += batch.table.rowCount;
  }

  /** The counts of everything added. */
  finish(): SourceCounts {
    const keys = this.#keys.counted();
    releaseBlockKernel();
    const keyShare = Math.min(1, keysKeptMax / Math.max(keys.keys.length, 1));
    const kept = filterCounted(keys, (key, count) => count >= largeKeyCount || inKeyShare(key, keyShare));
    return {
      source: this.#source,
      recordCount: this.#recordCount,
      values: valuesTable(this.#values.map((counter) => counter?.counted() ?? null)),
      keys: countedToTable(kept),
      keyShare,
      sample: this.#finishedSample(),
    };
  }

  #sampleBatch({ source, firstRow, table }: RecordBatch): void {
    const { seed } = this.#settings;
    const byKernel = this.#byKernel && table.rowCount >= kernelRowsMin;
    const draws =
      (byKernel ? kernelDraws(source, seed, firstRow, table.rowCount) : undefined) ??
      plainDraws(source, seed, firstRow, table.rowCount);
    // No more of a batch than the whole sample may hold is ever kept.
    const drawMax = Math.min(this.#drawMax, leastAbove(draws));
    const sampled = thinned({ draws, table: neededColumns(table, this.#settings) }, drawMax);
    this.#sample.push(sampled);
    this.#sampled += sampled.draws.length;
    if (this.#sampled > sampleRecordsMax * 2) this.#thin();
  }

  /** Keeps the records with the smallest draws: which these are does not depend on how the source was cut into batches. */
  #thin(): void {
    const all = Float64Array.from(this.#sample.flatMap((one) => Array.from(one.draws)));
    this.#drawMax = Math.min(this.#drawMax, leastAbove(all));
    this.#sample = this.#sample.map((one) => thinned(one, this.#drawMax));
    this.#sampled = Math.min(all.length, sampleRecordsMax);
  }

  #finishedSample(): Table {
    this.#thin();
    return this.#sample.length === 0
      ? { rowCount: 0, columns: [] }
      : concatTables(this.#sample.map((one) => one.table));
  }
}

interface SampledRecords {
  readonly draws: Float64Array;
  readonly table: Table;
}

/** The least draw that is not among the smallest of a full sample; 1 where all fit into one. */
function leastAbove(draws: Float64Array): number {
  if (draws.length <= sampleRecordsMax) return 1;
  // Draws are spread evenly: a few more than are wanted lie below this, and only they need sorting.
  const near = draws.filter((draw) => draw < (2 * sampleRecordsMax) / draws.length);
  return (near.length > sampleRecordsMax ? near : draws.slice()).sort()[sampleRecordsMax] as number;
}

function thinned(records: SampledRecords, drawMax: number): SampledRecords {
  const rows = new GrowingInt32();
  for (let row = 0; row < records.draws.length; row++) if ((records.draws[row] as number) < drawMax) rows.push(row);
  if (rows.length === records.draws.length) return records;
  const kept = rows.toArray();
  return {
    draws: Float64Array.from(kept, (row) => records.draws[row] as number),
    table: selectRows(records.table, kept),
  };
}

/** True for the keys that stand for all: chosen by the key itself, so every source chooses the same. */
export function inKeyShare(key: number, share: number): boolean {
  return share >= 1 || hashPair53(key, 0) / 2 ** 53 < share;
}

function countValues(table: Table, settings: LinkageSettings, index: number, counter: KeyCounter): void {
  const comparison = settings.comparisons[index] as LinkageSettings["comparisons"][number];
  const column = findColumn(table, comparison.field);
  const keysOf = comparisonOf(comparison).valueKeys;
  if (column === undefined || column.kind === "number" || keysOf === undefined) return;
  const hashes: number[][] = [];
  const count = (id: number): void => {
    if (id === nullId) return;
    hashes[id] ??= keysOf(column.dictionary.get(id)).map((key) => hash53(key));
    for (const hash of hashes[id]) counter.add(hash);
  };
  const ids = column.kind === "text" ? column.ids : column.values;
  for (const id of ids) count(id);
}

function valuesTable(counted: readonly (CountedKeys | null)[]): Table {
  const comparison = new GrowingFloat64();
  const key = new GrowingFloat64();
  const count = new GrowingFloat64();
  counted.forEach((one, index) => {
    one?.keys.forEach((hash, i) => {
      if ((one.counts[i] as number) < 2) return;
      comparison.push(index);
      key.push(hash);
      count.push(one.counts[i] as number);
    });
  });
  const columns = [numberColumn("comparison", comparison), numberColumn("key", key), numberColumn("count", count)];
  return { rowCount: key.length, columns };
}

function numberColumn(name: string, values: GrowingFloat64): NumberColumn {
  return { kind: "number", name, values: values.toArray() };
}
