import { columnOf, rowAt } from "../../columns/index.ts";
import {
  type CountedKeys,
  distinctShares,
  inKeyShare,
  ruleOfKey,
  type SourceCounts,
  shardOf,
  topKPairsMax,
  topKRules,
} from "../blocking/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { shownValue } from "../shown-value.ts";
import { bestSplit } from "./best-split.ts";
import type { FrozenFacts, LargeBlock, SplitBlock } from "./frozen.ts";
import type { RecordSample } from "./record-sample.ts";

/** The blocks a plan names as the largest. */
const largestMax = 10;

/** One block that makes this share of all pairs deserves a word on how to split it. */
const skewShareMin = 0.2;

/** What is planned of blocks. */
export interface BlockPlan
  extends Pick<FrozenFacts, "largestBlocks" | "splitBlocks" | "droppedBlocks" | "pairsByShard"> {
  /** Predicted pairs of each rule, by its index. */
  readonly pairsByRule: readonly number[];
}

/** A block key and the pairs it would make. */
interface KeyPairs {
  readonly key: number;
  readonly pairs: number;
}

/** Predicts the pairs of rules and shards, and decides which blocks are split, and which are left out. */
export function planBlocks(
  counts: readonly SourceCounts[],
  sample: RecordSample,
  settings: LinkageSettings,
  shardCount: number,
): BlockPlan {
  const share = Math.min(1, ...counts.map((one) => one.keyShare));
  const pairsByRule = settings.rules.map(() => 0);
  const pairsByShard = new Array<number>(shardCount).fill(0);
  const distinct = distinctShares(
    sample.keys,
    (row) => sample.source[row] as number,
    pairsByRule.length,
    settings.dedupe,
  );
  const add = (key: number, keyPairs: number): void => {
    const [rule, shard] = [ruleOfKey(key), shardOf(key, shardCount)];
    const pairs = keyPairs * (distinct[rule] as number);
    pairsByRule[rule] = (pairsByRule[rule] as number) + pairs;
    pairsByShard[shard] = (pairsByShard[shard] as number) + pairs;
  };
  const tooLarge: KeyPairs[] = [];
  let largest: KeyPairs[] = [];
  visitKeys(counts, settings.dedupe, (key, pairs) => {
    if (pairs > settings.blockPairsMax) tooLarge.push({ key, pairs });
    else if (inKeyShare(key, share)) add(key, pairs / share);
    if (pairs > (largest[largestMax - 1]?.pairs ?? 0))
      largest = [...largest, { key, pairs }].sort((a, b) => b.pairs - a.pairs || a.key - b.key).slice(0, largestMax);
  });
  const splitBlocks: SplitBlock[] = [];
  const droppedBlocks: LargeBlock[] = [];
  for (const one of tooLarge) {
    const block = namedBlock(one, sample, settings);
    const split = bestSplit(one.key, one.pairs, sample, settings);
    if (split === undefined) droppedBlocks.push(block);
    else {
      splitBlocks.push({ ...block, ...split });
      add(one.key, split.pairsAfter);
    }
  }
  addTopK(pairsByRule, counts, settings);
  const total = pairsByRule.reduce((sum, pairs) => sum + pairs, 0);
  const largestBlocks = largest.map((one): LargeBlock => {
    const isSkewed = one.pairs <= settings.blockPairsMax && one.pairs >= total * skewShareMin;
    const split = isSkewed ? bestSplit(one.key, one.pairs, sample, settings) : undefined;
    return { ...namedBlock(one, sample, settings), ...(split === undefined ? {} : { couldSplit: split }) };
  });
  return { pairsByRule, pairsByShard, largestBlocks, splitBlocks, droppedBlocks };
}

/** Rules with `topK` make no block; of their pairs only the most there can be are known. */
function addTopK(pairsByRule: number[], counts: readonly SourceCounts[], settings: LinkageSettings): void {
  const sizes = settings.sources.map((source) => counts.find((one) => one.source === source)?.recordCount ?? 0);
  for (const { rule, topK } of topKRules(settings)) pairsByRule[rule] = topKPairsMax(topK, sizes, settings.dedupe);
}

/** Keys of some sources, ascending, with the records and the pairs across sources that each has. */
interface PairedKeys extends CountedKeys {
  readonly pairs: Float64Array;
}

/** Visits every counted key with the pairs it would make: across sources, or with `dedupe` of all its records. */
function visitKeys(
  counts: readonly SourceCounts[],
  dedupe: boolean,
  visit: (key: number, pairs: number) => void,
): void {
  const [first, ...others] = counts.map(keysOf);
  if (first === undefined) return;
  const start: PairedKeys = { ...first, pairs: new Float64Array(first.keys.length) };
  const { keys, counts: sums, pairs: across } = others.reduce(withSource, start);
  for (let i = 0; i < keys.length; i++) {
    const sum = sums[i] as number;
    const pairs = dedupe ? (sum * (sum - 1)) / 2 : (across[i] as number);
    if (pairs > 0) visit(keys[i] as number, pairs);
  }
}

/** The keys with those of one more source: a record of it makes a pair with each of the others. */
function withSource(a: PairedKeys, b: CountedKeys): PairedKeys {
  const [lengthA, lengthB] = [a.keys.length, b.keys.length];
  const keys = new Float64Array(lengthA + lengthB);
  const [counts, pairs] = [new Float64Array(keys.length), new Float64Array(keys.length)];
  let [i, j, to] = [0, 0, 0];
  while (i < lengthA || j < lengthB) {
    const left = i < lengthA ? (a.keys[i] as number) : Infinity;
    const right = j < lengthB ? (b.keys[j] as number) : Infinity;
    const before = left <= right ? (a.counts[i] as number) : 0;
    const added = right <= left ? (b.counts[j] as number) : 0;
    keys[to] = left <= right ? left : right;
    counts[to] = before + added;
    pairs[to++] = (left <= right ? (a.pairs[i] as number) : 0) + before * added;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return { keys: keys.subarray(0, to), counts: counts.subarray(0, to), pairs: pairs.subarray(0, to) };
}

function keysOf(counts: SourceCounts): CountedKeys {
  return {
    keys: columnOf(counts.keys, "key", "number").values,
    counts: columnOf(counts.keys, "count", "number").values,
  };
}

function namedBlock({ key, pairs }: KeyPairs, sample: RecordSample, settings: LinkageSettings): LargeBlock {
  const rule = settings.rules[ruleOfKey(key)] as LinkageSettings["rules"][number];
  const row = sample.keys.findIndex((keys) => keys.has(key));
  const values = row < 0 ? null : rowAt(sample.table, row);
  const example =
    values === null ? null : rule.keys.map(({ field }) => `${field} ${shownValue(values[field] ?? null)}`).join(", ");
  return { rule: rule.name, key, pairs, example };
}
