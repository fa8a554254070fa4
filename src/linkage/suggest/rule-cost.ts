import { rowAt } from "../../columns/index.ts";
import { blockKeys, distinctShares, ruleOfKey, topKPairsMax } from "../blocking/index.ts";
import type { BlockingRule, LinkageSettings } from "../settings.ts";
import { shownValue } from "../shown-value.ts";
import type { SampledSource } from "./sampled-sources.ts";

/** What a rule would cost, foretold from the sample. */
export interface RuleCost {
  readonly pairs: number;
  /** The block that makes the most pairs, with the values of a record in it; null where a rule has no blocks. */
  readonly largestBlock: { readonly pairs: number; readonly example: string } | null;
}

/** The records of one block. */
interface Block {
  readonly countBySource: number[];
  readonly example: readonly [source: number, row: number];
}

/** Foretells the pairs of every rule of the settings. */
export function ruleCosts(sources: readonly SampledSource[], settings: LinkageSettings): RuleCost[] {
  const { blocks, distinct } = blocksOf(sources, settings);
  const sizes = sources.map(({ batch, scale }) => batch.table.rowCount * scale);
  const costs = settings.rules.map(({ topK }) => ({
    pairs: topK === undefined ? 0 : topKPairsMax(topK, sizes, settings.dedupe),
    largest: 0,
    key: -1,
  }));
  for (const [key, { countBySource }] of blocks) {
    const cost = costs[ruleOfKey(key)] as (typeof costs)[number];
    const pairs = pairsOf(countBySource, sources, settings.dedupe);
    cost.pairs += pairs * (distinct[ruleOfKey(key)] as number);
    if (pairs > cost.largest) {
      cost.largest = pairs;
      cost.key = key;
    }
  }
  return costs.map(({ pairs, largest, key }, rule) => {
    const block = blocks.get(key);
    const example = block && exampleOf(block, settings.rules[rule] as BlockingRule, sources);
    return {
      pairs: Math.round(pairs),
      largestBlock: example === undefined ? null : { pairs: Math.round(largest), example },
    };
  });
}

/** The blocks of all rules, and for each rule how many distinct pairs there are for one of a block. */
function blocksOf(
  sources: readonly SampledSource[],
  settings: LinkageSettings,
): { readonly blocks: Map<number, Block>; readonly distinct: readonly number[] } {
  const blocks = new Map<number, Block>();
  const rows: { readonly at: number; readonly keys: Float64Array }[] = [];
  for (const [at, { batch }] of sources.entries()) {
    const { ends, keys } = blockKeys(batch, settings);
    ends.forEach((end, row) => {
      const own = keys.subarray(row === 0 ? 0 : ends[row - 1], end);
      rows.push({ at, keys: own });
      for (const key of own) {
        const block = blocks.get(key) ?? { countBySource: sources.map(() => 0), example: [at, row] as const };
        block.countBySource[at] = (block.countBySource[at] as number) + 1;
        blocks.set(key, block);
      }
    });
  }
  const keysOfRows = rows.map(({ keys }) => keys);
  const sourceOf = (row: number): number => rows[row]?.at ?? 0;
  return { blocks, distinct: distinctShares(keysOfRows, sourceOf, settings.rules.length, settings.dedupe) };
}

/** The pairs of a block in the whole sources, where pairs of samples stand for pairs of all. */
function pairsOf(countBySource: readonly number[], sources: readonly SampledSource[], dedupe: boolean): number {
  let pairs = 0;
  countBySource.forEach((count, i) => {
    const scale = sources[i]?.scale ?? 1;
    if (dedupe) pairs += ((count * (count - 1)) / 2) * scale * scale;
    for (let j = i + 1; j < countBySource.length; j++)
      pairs += count * scale * (countBySource[j] as number) * (sources[j]?.scale ?? 1);
  });
  return pairs;
}

function exampleOf(
  { example: [source, row] }: Block,
  { keys }: BlockingRule,
  sources: readonly SampledSource[],
): string | undefined {
  const table = sources[source]?.batch.table;
  if (table === undefined) return undefined;
  const values = rowAt(table, row);
  return keys.map(({ field }) => `${field} ${shownValue(values[field] ?? null)}`).join(", ");
}
