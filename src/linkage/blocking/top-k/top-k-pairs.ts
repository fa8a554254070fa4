import { GrowingFloat64 } from "../../../columns/index.ts";
import type { RecordBatch } from "../../../records/index.ts";
import type { LinkageSettings } from "../../settings.ts";
import { ruleSpan } from "../block-keys.ts";
import type { BestRows } from "./best-rows.ts";

/** What a search found: the candidates of the records of a piece under one rule in one source. */
export interface FoundRows {
  /** Index of the rule in the settings. */
  readonly rule: number;
  /** Index of the source that was searched. */
  readonly source: number;
  readonly best: BestRows;
}

/** The keys that the records of one source have by the pairs they are in: ascending by row, then key. */
export interface PairKeys {
  readonly rows: Float64Array;
  readonly keys: Float64Array;
}

/**
 * Gives each pair that searches found a block key of its own, under its rule: so it is a block of two records, and an earlier
 * rule that makes the pair takes it, as with any other key. A pair that several searches found has the key of the first.
 * Gives the keys of each source, by its index.
 */
export function keysOfPairs(
  lefts: readonly RecordBatch[],
  leftSource: number,
  found: readonly FoundRows[],
  sourceCount: number,
): PairKeys[] {
  const ordered = [...found].sort((a, b) => a.rule - b.rule || a.source - b.source);
  const rows = Array.from({ length: sourceCount }, () => new GrowingFloat64());
  const keys = Array.from({ length: sourceCount }, () => new GrowingFloat64());
  const note = (source: number, row: number, key: number): void => {
    (rows[source] as GrowingFloat64).push(row);
    (keys[source] as GrowingFloat64).push(key);
  };
  let record = 0;
  let pair = 0;
  for (const { firstRow, table } of lefts) {
    for (let row = firstRow; row < firstRow + table.rowCount; row++, record++) {
      const seen = new Set<number>();
      for (const { rule, source, best } of ordered) {
        for (const right of best.of(record)) {
          if (seen.size === seen.add(right * sourceCount + source).size) continue;
          const key = rule * ruleSpan + pair++;
          note(leftSource, row, key);
          note(source, right, key);
        }
      }
    }
  }
  return rows.map((of, source) => sorted(of.toArray(), (keys[source] as GrowingFloat64).toArray()));
}

function sorted(rows: Float64Array, keys: Float64Array): PairKeys {
  const order = Int32Array.from(rows.keys());
  order.sort((a, b) => (rows[a] as number) - (rows[b] as number) || (keys[a] as number) - (keys[b] as number));
  return {
    rows: Float64Array.from(order, (i) => rows[i] as number),
    keys: Float64Array.from(order, (i) => keys[i] as number),
  };
}

/** The sources in which the records of a source are looked up: those after it and, with `dedupe`, its own. */
export function searchedSources(settings: LinkageSettings, source: string): string[] {
  const at = settings.sources.indexOf(source);
  return settings.sources.slice(settings.dedupe ? at : at + 1);
}

/** The rules of the settings that are of this kind, with their places. */
export function topKRules(
  settings: LinkageSettings,
): { rule: number; topK: NonNullable<LinkageSettings["rules"][number]["topK"]> }[] {
  return settings.rules.flatMap(({ topK }, rule) => (topK === undefined ? [] : [{ rule, topK }]));
}

/** The most pairs that such a rule makes of sources of these sizes, in their order: each record with `k` of every source to its right. */
export function topKPairsMax({ k }: { readonly k: number }, recordCounts: readonly number[], dedupe: boolean): number {
  return recordCounts.reduce((sum, left, i) => {
    const rights = recordCounts.slice(dedupe ? i : i + 1);
    return sum + rights.reduce((found, right) => found + left * Math.min(k, right), 0);
  }, 0);
}
