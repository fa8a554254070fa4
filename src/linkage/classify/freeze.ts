import { hash53, seededRandom } from "../../base/index.ts";
import { columnOf, GrowingInt32, type NumberColumn, rowAt, type Table } from "../../columns/index.ts";
import { type CountedKeys, mergeCounted, type SourceCounts } from "../blocking/index.ts";
import { columnsByName, comparisonOf, prepareComparers } from "../compare/index.ts";
import { Arena, encodeComparisons, pairLevels } from "../engine/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { planBlocks } from "./block-plan.ts";
import type { Frozen } from "./frozen.ts";
import { packPattern } from "./pattern.ts";
import { type RecordSample, recordTotalOf, sampleOf, shareKey } from "./record-sample.ts";

const randomPairsMax = 100_000;
const textFrequencyMin = 2;

/**
 * Puts the counts of all sources together: frequencies, too large blocks, the sample's share. The order of counts does not
 * matter, and the number of shards only to what is predicted for each.
 */
export function freeze(counts: readonly SourceCounts[], settings: LinkageSettings, shardCount = 1): Frozen {
  const ordered = settings.sources.flatMap((source) => counts.filter((one) => one.source === source));
  const sample = sampleOf(ordered, settings);
  const frequencies = frequencyTable(ordered, sample, settings);
  const blocks = planBlocks(ordered, sample, settings, shardCount);
  const pairs = blocks.pairsByRule.reduce((sum, count) => sum + count, 0);
  return {
    facts: {
      recordCountBySource: Object.fromEntries(ordered.map((one) => [one.source, one.recordCount])),
      pairsByRule: settings.rules.map((rule, i) => ({
        rule: rule.name,
        pairs: Math.round(blocks.pairsByRule[i] as number),
      })),
      largestBlocks: blocks.largestBlocks,
      splitBlocks: blocks.splitBlocks,
      droppedBlocks: blocks.droppedBlocks,
      pairsByShard: blocks.pairsByShard.map(Math.round),
      sampleShare: Math.min(1, settings.samplePairs / Math.max(pairs, 1)),
      randomPatterns: randomPatterns(sample, frequencies, recordTotalOf(ordered), settings),
    },
    frequencies,
  };
}

/** Patterns of random pairs: across sources, or of one source when there is only one; pairs that a rule makes are left out. */
function randomPatterns(
  sample: RecordSample,
  frequencies: Table,
  recordCount: number,
  settings: LinkageSettings,
): [number, number][] {
  const random = seededRandom(settings.seed).fork("random pairs");
  const total = sample.table.rowCount;
  const tries = Math.min(randomPairsMax, total * total);
  const lefts = new GrowingInt32();
  const rights = new GrowingInt32();
  for (let i = 0; i < tries; i++) {
    const left = random.integer(total);
    const right = random.integer(total);
    if (left === right || (sample.source[left] === sample.source[right] && settings.sources.length > 1)) continue;
    if (shareKey(sample.keys[left] as ReadonlySet<number>, sample.keys[right] as ReadonlySet<number>)) continue;
    lefts.push(left);
    rights.push(right);
  }
  const levelsOf = levelsOfPairs(lefts.toArray(), rights.toArray(), sample, frequencies, recordCount, settings);
  const countByPattern = new Map<number, number>();
  for (let i = 0; i < lefts.length; i++) {
    const pattern = packPattern(levelsOf(i));
    countByPattern.set(pattern, (countByPattern.get(pattern) ?? 0) + 1);
  }
  return [...countByPattern].sort((a, b) => a[0] - b[0]);
}

/** Gives the levels of the i-th pair, in an array that the next call overwrites. */
function levelsOfPairs(
  left: Int32Array,
  right: Int32Array,
  { table }: RecordSample,
  frequencies: Table,
  recordCount: number,
  settings: LinkageSettings,
): (i: number) => Uint8Array {
  const columns = columnsByName(table);
  const fields = {
    get: (name: string) => columns.get(name),
    parts: (name: string) => [columns.get(name)].filter((column) => column !== undefined),
  };
  const encoded = encodeComparisons(fields, settings.comparisons, new Arena());
  const ofEncoded = pairLevels(encoded, left, right, table.rowCount);
  const places = new Set(encoded.map(({ place }) => place));
  const comparers = prepareComparers(columns, settings.comparisons, frequencies, recordCount, places);
  const levels = new Uint8Array(comparers.length);
  return (i) => {
    comparers.forEach((compare, place) => {
      if (!places.has(place)) levels[place] = compare(left[i] as number, right[i] as number);
    });
    encoded.forEach(({ place }, c) => {
      levels[place] = (ofEncoded[c] as Uint8Array)[i] as number;
    });
    return levels;
  };
}

function frequencyTable(counts: readonly SourceCounts[], sample: RecordSample, settings: LinkageSettings): Table {
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
function sampledFrequencies(sample: RecordSample, field: string, keysOf: (text: string) => string[]): CountedKeys {
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
