import { hash53, seededRandom } from "../../base/index.ts";
import { columnOf, concatTables, type NumberColumn, rowAt, type Table } from "../../columns/index.ts";
import {
  blockKeys,
  type CountedKeys,
  inKeyShare,
  mergeCounted,
  ruleOfKey,
  type SourceCounts,
} from "../blocking/index.ts";
import { columnsByName, comparisonOf, prepareComparers } from "../compare/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { DroppedBlock, Frozen } from "./frozen.ts";
import { packPattern } from "./pattern.ts";

const randomPairsMax = 100_000;
const textFrequencyMin = 2;

/** Puts the counts of all sources together: frequencies, too large blocks, the sample's share. Order does not matter. */
export function freeze(counts: readonly SourceCounts[], settings: LinkageSettings): Frozen {
  const ordered = settings.sources.flatMap((source) => counts.filter((one) => one.source === source));
  const sample = sampleOf(ordered, settings);
  const frequencies = frequencyTable(ordered, sample, settings);
  const blocks = blockPairs(ordered, settings);
  const pairs = blocks.pairsByRule.reduce((sum, count) => sum + count, 0);
  return {
    facts: {
      recordCountBySource: Object.fromEntries(ordered.map((one) => [one.source, one.recordCount])),
      pairsByRule: settings.rules.map((rule, i) => ({
        rule: rule.name,
        pairs: Math.round(blocks.pairsByRule[i] as number),
      })),
      droppedBlocks: blocks.dropped.map((one) => droppedBlock(one, sample, settings)),
      sampleShare: Math.min(1, settings.samplePairs / Math.max(pairs, 1)),
      randomPatterns: randomPatterns(sample, frequencies, recordTotal(ordered), settings),
    },
    frequencies,
  };
}

interface Sample {
  readonly table: Table;
  readonly source: Uint8Array;
  readonly keys: readonly Set<number>[];
  /** How many records of all sources one sampled record stands for. */
  readonly scale: number;
}

function recordTotal(counts: readonly SourceCounts[]): number {
  return counts.reduce((sum, one) => sum + one.recordCount, 0);
}

function sampleOf(counts: readonly SourceCounts[], settings: LinkageSettings): Sample {
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
  return { table, source, keys: sets, scale: recordTotal(counts) / Math.max(table.rowCount, 1) };
}

/** Patterns of random pairs: across sources, or of one source when there is only one; pairs that a rule makes are left out. */
function randomPatterns(
  sample: Sample,
  frequencies: Table,
  recordCount: number,
  settings: LinkageSettings,
): [number, number][] {
  const comparers = prepareComparers(columnsByName(sample.table), settings.comparisons, frequencies, recordCount);
  const random = seededRandom(settings.seed).fork("random pairs");
  const countByPattern = new Map<number, number>();
  const total = sample.table.rowCount;
  const tries = Math.min(randomPairsMax, total * total);
  for (let i = 0; i < tries; i++) {
    const left = random.integer(total);
    const right = random.integer(total);
    if (left === right || (sample.source[left] === sample.source[right] && settings.sources.length > 1)) continue;
    if (shareKey(sample.keys[left] as Set<number>, sample.keys[right] as Set<number>)) continue;
    const pattern = packPattern(comparers.map((compare) => compare(left, right)));
    countByPattern.set(pattern, (countByPattern.get(pattern) ?? 0) + 1);
  }
  return [...countByPattern].sort((a, b) => a[0] - b[0]);
}

function shareKey(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const key of a) if (b.has(key)) return true;
  return false;
}

function frequencyTable(counts: readonly SourceCounts[], sample: Sample, settings: LinkageSettings): Table {
  const merged = settings.comparisons.map((comparison, index) => {
    const { valueKeys, keysSampled } = comparisonOf(comparison);
    if (keysSampled && valueKeys !== undefined) return sampledFrequencies(sample, comparison.field, valueKeys);
    return counts.map((one) => valuesOf(one.values, index)).reduce((a, b) => mergeCounted(a, b, Math.max), none);
  });
  const rowCount = merged.reduce((sum, one) => sum + one.keys.length, 0);
  const values = {
    comparison: new Float64Array(rowCount),
    key: new Float64Array(rowCount),
    count: new Float64Array(rowCount),
  };
  let at = 0;
  merged.forEach((one, index) => {
    values.comparison.fill(index, at, at + one.keys.length);
    values.key.set(one.keys, at);
    values.count.set(one.counts, at);
    at += one.keys.length;
  });
  const columns = Object.entries(values).map(
    ([name, numbers]): NumberColumn => ({ kind: "number", name, values: numbers }),
  );
  return { rowCount, columns };
}

const none: CountedKeys = { keys: new Float64Array(0), counts: new Float64Array(0) };

function valuesOf(values: Table, index: number): CountedKeys {
  const comparison = columnOf(values, "comparison", "number").values;
  const from = comparison.indexOf(index);
  if (from < 0) return none;
  const to = comparison.lastIndexOf(index) + 1;
  return {
    keys: columnOf(values, "key", "number").values.subarray(from, to),
    counts: columnOf(values, "count", "number").values.subarray(from, to),
  };
}

/** In how many records a word stands, scaled up from the sample. */
function sampledFrequencies(sample: Sample, field: string, keysOf: (text: string) => string[]): CountedKeys {
  const countByWord = new Map<string, number>();
  for (let row = 0; row < sample.table.rowCount; row++) {
    const value = rowAt(sample.table, row)[field];
    if (typeof value !== "string") continue;
    for (const word of keysOf(value)) countByWord.set(word, (countByWord.get(word) ?? 0) + 1);
  }
  const entries = [...countByWord]
    .filter(([, count]) => count >= textFrequencyMin)
    .map(([word, count]) => [hash53(word), count] as const);
  entries.sort((a, b) => a[0] - b[0]);
  return {
    keys: Float64Array.from(entries, ([key]) => key),
    counts: Float64Array.from(entries, ([, count]) => Math.max(1, Math.round(count * sample.scale))),
  };
}

interface LargeBlock {
  readonly key: number;
  readonly pairs: number;
}

function blockPairs(
  counts: readonly SourceCounts[],
  settings: LinkageSettings,
): { pairsByRule: number[]; dropped: LargeBlock[] } {
  const share = Math.min(1, ...counts.map((one) => one.keyShare));
  let total = none;
  let squares = none;
  for (const one of counts) {
    const counted = keysOf(one);
    total = mergeCounted(total, counted, (a, b) => a + b);
    squares = mergeCounted(squares, { keys: counted.keys, counts: counted.counts.map((n) => n * n) }, (a, b) => a + b);
  }
  const pairsByRule = settings.rules.map(() => 0);
  const dropped: LargeBlock[] = [];
  total.keys.forEach((key, i) => {
    const sum = total.counts[i] as number;
    const pairs = settings.dedupe ? (sum * (sum - 1)) / 2 : (sum * sum - (squares.counts[i] as number)) / 2;
    if (pairs > settings.blockPairsMax) dropped.push({ key, pairs });
    else if (inKeyShare(key, share))
      pairsByRule[ruleOfKey(key)] = (pairsByRule[ruleOfKey(key)] as number) + pairs / share;
  });
  return { pairsByRule, dropped };
}

function keysOf(counts: SourceCounts): CountedKeys {
  return {
    keys: columnOf(counts.keys, "key", "number").values,
    counts: columnOf(counts.keys, "count", "number").values,
  };
}

function droppedBlock(block: LargeBlock, sample: Sample, settings: LinkageSettings): DroppedBlock {
  const rule = settings.rules[ruleOfKey(block.key)] as LinkageSettings["rules"][number];
  const row = sample.keys.findIndex((keys) => keys.has(block.key));
  const values = row < 0 ? null : rowAt(sample.table, row);
  const example =
    values === null
      ? null
      : rule.keys.map(({ field }) => `${field} ${JSON.stringify(values[field] ?? null)}`).join(", ");
  return { rule: rule.name, key: block.key, pairs: block.pairs, example };
}
