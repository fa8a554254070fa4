import { columnOf, GrowingFloat64, type NumberColumn, type Table } from "../../columns/index.ts";
import { recordDraws } from "../blocking/index.ts";
import { levelsStride, type RuleBounds } from "../engine/index.ts";
import { packPattern } from "./pattern.ts";
import type { ShardPairs } from "./shard-pairs.ts";

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
export function countShard(pairs: ShardPairs): Counts {
  const sampled = sampledRecords(pairs);
  const narrow = pairs.narrowedTo(sampled);
  if (narrow === undefined) return compareSampled(pairs, sampled);
  return { ...compareSampled(narrow, sampledRecords(narrow)), pairsByRule: pairs.countPairs() };
}

function sampledRecords({ shard, settings, frozen }: ShardPairs): Uint8Array {
  const sampled = new Uint8Array(shard.rowCount);
  const drawOf = settings.sources.map((source) => recordDraws(source, settings.seed));
  for (let i = 0; i < sampled.length; i++) {
    const draw = (drawOf[shard.source[i] as number] as (row: number) => number)(shard.row[i] as number);
    if (draw < frozen.facts.sampleShare) sampled[i] = 1;
  }
  return sampled;
}

function compareSampled(pairs: ShardPairs, sampled: Uint8Array): Counts {
  const { shard, settings, encoded, aside } = pairs;
  // Each sampled pair is once there, and once more where both of its records are sampled.
  const out = columnNames.map(() => new GrowingFloat64(expectedRows(pairs))) as [
    GrowingFloat64,
    GrowingFloat64,
    GrowingFloat64,
    GrowingFloat64,
  ];
  const levels = new Uint8Array(settings.comparisons.length);
  const emit = (owner: number, other: number, rule: number, pattern: number): void => {
    out[0].push((shard.source[owner] as number) * rowsMax + (shard.row[owner] as number));
    out[1].push(shard.source[other] as number);
    out[2].push(rule);
    out[3].push(pattern);
  };
  const rules = settings.rules.map(() => unweighed(encoded.length));
  const pairsByRule = pairs.scan({ rules, keepWeight: Number.NEGATIVE_INFINITY, marked: sampled }, (chunk, count) => {
    for (let k = 0; k < count; k++) {
      const left = chunk.left[k] as number;
      const right = chunk.right[k] as number;
      for (let c = 0; c < encoded.length; c++)
        levels[(encoded[c] as { place: number }).place] = ((chunk.pattern[k] as number) >>> (c * 4)) & 15;
      for (const { place, compare } of aside) levels[place] = compare(left, right);
      const pattern = packPattern(levels);
      const rule = chunk.rule[k] as number;
      if (sampled[left] === 1) emit(left, right, rule, pattern);
      if (sampled[right] === 1) emit(right, left, rule, pattern);
    }
  });
  return { pairs: pairsTable(out.map((column) => column.toArray())), pairsByRule };
}

function expectedRows({ frozen: { facts }, shard }: ShardPairs): number {
  return Math.ceil(2.1 * facts.sampleShare * (facts.pairsByShard[shard.address.index] ?? 0));
}

function unweighed(comparisonCount: number): RuleBounds {
  return {
    start: 0,
    weights: new Float64Array(comparisonCount * levelsStride),
    restMax: new Float64Array(comparisonCount),
  };
}

/** The counts of all shards; the order in which they are given does not matter. */
export function mergeCounts(counts: readonly Counts[]): Counts {
  const [only] = counts;
  if (only !== undefined && counts.length === 1) return only;
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
