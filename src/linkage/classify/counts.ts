import { columnOf, GrowingFloat64, type NumberColumn, type Table } from "../../columns/index.ts";
import { openShard, recordDraw, type ShardAddress, visitPairs } from "../blocking/index.ts";
import { prepareComparers } from "../compare/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ShardPart } from "../shard-part.ts";
import type { Frozen } from "./frozen.ts";
import { packPattern } from "./pattern.ts";

/**
 * Pairs of the sampled records, as whole numbers: `owner` (the sampled record), `other` (index of the other record's
 * source), `rule` and `pattern`. A pair whose two records are sampled is in it twice, once for each.
 */
export interface Counts {
  readonly pairs: Table;
  /** Candidate pairs made, by rule. */
  readonly pairsByRule: readonly number[];
}

/** Rows a source may have: an owner is its source's index times this, plus its row. */
export const rowsMax = 2 ** 44;

const columnNames = ["owner", "other", "rule", "pattern"] as const;

/** Compares the pairs of the sampled records in one shard. */
export function countShard(
  parts: readonly ShardPart[],
  frozen: Frozen,
  settings: LinkageSettings,
  address: ShardAddress,
): Counts {
  const shard = openShard(parts, new Set(frozen.facts.droppedBlocks.map((block) => block.key)), settings, address);
  const recordCount = Object.values(frozen.facts.recordCountBySource).reduce((sum, count) => sum + count, 0);
  const comparers = prepareComparers(shard.fields, settings.comparisons, frozen.frequencies, recordCount);
  const sampled = Uint8Array.from({ length: shard.rowCount }, (_, i) => {
    const source = settings.sources[shard.source[i] as number] as string;
    return recordDraw(source, shard.row[i] as number, settings.seed) < frozen.facts.sampleShare ? 1 : 0;
  });
  const pairsByRule = settings.rules.map(() => 0);
  const out = columnNames.map(() => new GrowingFloat64());
  const levels = new Uint8Array(comparers.length);
  const emit = (owner: number, other: number, rule: number, pattern: number): void => {
    const values = [
      (shard.source[owner] as number) * rowsMax + (shard.row[owner] as number),
      shard.source[other] as number,
      rule,
      pattern,
    ];
    out.forEach((column, i) => {
      column.push(values[i] as number);
    });
  };
  visitPairs(shard, settings.dedupe, (left, right, rule) => {
    pairsByRule[rule] = (pairsByRule[rule] as number) + 1;
    if (sampled[left] === 0 && sampled[right] === 0) return;
    for (let i = 0; i < comparers.length; i++)
      levels[i] = (comparers[i] as (a: number, b: number) => number)(left, right);
    const pattern = packPattern(levels);
    if (sampled[left] === 1) emit(left, right, rule, pattern);
    if (sampled[right] === 1) emit(right, left, rule, pattern);
  });
  return { pairs: pairsTable(out.map((column) => column.toArray())), pairsByRule };
}

/** The counts of all shards; the order in which they are given does not matter. */
export function mergeCounts(counts: readonly Counts[]): Counts {
  const total = counts.reduce((sum, one) => sum + one.pairs.rowCount, 0);
  const merged = columnNames.map(() => new Float64Array(total));
  let at = 0;
  for (const one of counts) {
    columnNames.forEach((name, i) => {
      (merged[i] as Float64Array).set(columnOf(one.pairs, name, "number").values, at);
    });
    at += one.pairs.rowCount;
  }
  const pairsByRule = (counts[0]?.pairsByRule ?? []).map((_, rule) =>
    counts.reduce((sum, one) => sum + (one.pairsByRule[rule] as number), 0),
  );
  return { pairs: pairsTable(merged), pairsByRule };
}

function pairsTable(values: readonly Float64Array[]): Table {
  const columns = columnNames.map(
    (name, i): NumberColumn => ({ kind: "number", name, values: values[i] as Float64Array }),
  );
  return { rowCount: (values[0] as Float64Array).length, columns };
}
