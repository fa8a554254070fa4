import { hash53, hashPair53 } from "../../base/index.ts";
import {
  concatTables,
  findColumn,
  GrowingFloat64,
  type NumberColumn,
  nullId,
  selectRows,
  type Table,
} from "../../columns/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import { comparisonOf } from "../compare/index.ts";
import type { LinkageSettings } from "../settings.ts";
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

/** A number in [0, 1) that belongs to a record for good: samples are drawn by it, whatever the shards and batches. */
export function recordDraw(source: string, row: number, seed: number): number {
  return hashPair53(hash53(source, seed), row) / 2 ** 53;
}

/** Counts values and block keys of one source while it streams by. */
export class SourceTally {
  readonly #settings: LinkageSettings;
  readonly #source: string;
  readonly #keys = new KeyCounter();
  readonly #values: (KeyCounter | null)[];
  #sample: SampledRecords[] = [];
  #sampled = 0;
  #drawMax = 1;
  #recordCount = 0;

  constructor(settings: LinkageSettings, source: string) {
    this.#settings = settings;
    this.#source = source;
    this.#values = settings.comparisons.map((one) => {
      const { valueKeys, keysSampled } = comparisonOf(one);
      return valueKeys === undefined || keysSampled ? null : new KeyCounter();
    });
  }

  /** Counts a batch; `keys` are its block keys. */
  add(batch: RecordBatch, keys: BlockKeys): void {
    for (const key of keys.keys) this.#keys.add(key);
    this.#values.forEach((counter, i) => {
      if (counter !== null) countValues(batch.table, this.#settings, i, counter);
    });
    this.#sampleBatch(batch);
    this.#recordCount += batch.table.rowCount;
  }

  /** The counts of everything added. */
  finish(): SourceCounts {
    const keys = this.#keys.counted();
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

  #sampleBatch(batch: RecordBatch): void {
    const { source, firstRow, table } = batch;
    const draws = Float64Array.from({ length: table.rowCount }, (_, i) =>
      recordDraw(source, firstRow + i, this.#settings.seed),
    );
    const needed = neededColumns(table, this.#settings);
    this.#sample.push(thinned({ draws, table: needed }, this.#drawMax));
    this.#sampled += (this.#sample[this.#sample.length - 1] as SampledRecords).draws.length;
    if (this.#sampled > sampleRecordsMax * 2) this.#thin();
  }

  /** Keeps the records with the smallest draws: which these are does not depend on how the source was cut into batches. */
  #thin(): void {
    const all = this.#sample.flatMap((one) => [...one.draws]).sort((a, b) => a - b);
    this.#drawMax = all[sampleRecordsMax] ?? this.#drawMax;
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

function thinned(records: SampledRecords, drawMax: number): SampledRecords {
  const rows = Int32Array.from(records.draws.keys()).filter((i) => (records.draws[i] as number) < drawMax);
  if (rows.length === records.draws.length) return records;
  return { draws: Float64Array.from(rows, (i) => records.draws[i] as number), table: selectRows(records.table, rows) };
}

/** True for the keys that stand for all: chosen by the key itself, so every source chooses the same. */
export function inKeyShare(key: number, share: number): boolean {
  return share >= 1 || hash53(String(key)) / 2 ** 53 < share;
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
