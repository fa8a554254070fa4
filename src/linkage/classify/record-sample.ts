import { concatTables, type Table } from "../../columns/index.ts";
import { blockKeys, type SourceCounts } from "../blocking/index.ts";
import type { LinkageSettings } from "../settings.ts";

/** The sampled records of all sources side by side. */
export interface RecordSample {
  readonly table: Table;
  /** Index of each record's source in the settings. */
  readonly source: Uint8Array;
  readonly keys: readonly ReadonlySet<number>[];
  /** How many records of all sources one sampled record stands for. */
  readonly scale: number;
}

/** How many records all sources have. */
export function recordTotalOf(counts: readonly SourceCounts[]): number {
  return counts.reduce((sum, one) => sum + one.recordCount, 0);
}

/** Puts the samples of all sources side by side, in the order given. */
export function sampleOf(counts: readonly SourceCounts[], settings: LinkageSettings): RecordSample {
  const filled = counts.filter((one) => one.sample.rowCount > 0);
  const table = filled.length === 0 ? { rowCount: 0, columns: [] } : concatTables(filled.map((one) => one.sample));
  const source = Uint8Array.from(
    filled.flatMap((one) => new Array<number>(one.sample.rowCount).fill(settings.sources.indexOf(one.source))),
  );
  const { ends, keys } = blockKeys(
    { source: "", entityType: settings.entityType, firstRow: 0, fields: settings.fields, table },
    settings,
  );
  const sets = Array.from(ends, (end, row) => new Set(keys.subarray(row === 0 ? 0 : ends[row - 1], end)));
  return { table, source, keys: sets, scale: recordTotalOf(counts) / Math.max(table.rowCount, 1) };
}

/** Whether two sets of keys have one in common. */
export function shareKey(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const key of a) if (b.has(key)) return true;
  return false;
}
