import {
  type Column,
  dictionaryOf,
  DictionaryBuilder,
  GrowingFloat64,
  GrowingInt32,
  type Table,
} from "../../columns/index.ts";
import { openShard, type ShardAddress, visitPairs } from "../blocking/index.ts";
import { prepareComparers } from "../compare/index.ts";
import type { ShardPart } from "../shard-part.ts";
import type { Frozen } from "./frozen.ts";
import type { Model } from "./model.ts";
import { packPattern } from "./pattern.ts";

/**
 * Scores every candidate pair of a shard and keeps those at or above the settings' `keepWeight`. Columns: left_source,
 * left_row, left_id, right_source, right_row, right_id, rule (index), pattern, weight (log2 of the posterior odds).
 */
export function scoreShard(parts: readonly ShardPart[], model: Model, frozen: Frozen, address: ShardAddress): Table {
  if (parts.length === 0) return noPairs;
  const { settings } = model;
  const shard = openShard(parts, new Set(frozen.facts.droppedBlocks.map((block) => block.key)), settings, address);
  const recordCount = Object.values(frozen.facts.recordCountBySource).reduce((sum, count) => sum + count, 0);
  const comparers = prepareComparers(shard.fields, settings.comparisons, frozen.frequencies, recordCount);
  const scorer = ruleScorers(model);
  const levels = new Uint8Array(comparers.length);
  const out = {
    left: new GrowingInt32(),
    right: new GrowingInt32(),
    rule: new GrowingFloat64(),
    pattern: new GrowingFloat64(),
    weight: new GrowingFloat64(),
  };
  visitPairs(shard, settings.dedupe, (left, right, rule) => {
    const { priorWeight, weights, restMax } = scorer[rule] as RuleScorer;
    let weight = priorWeight;
    for (let c = 0; c < comparers.length; c++) {
      const level = (comparers[c] as (a: number, b: number) => number)(left, right);
      levels[c] = level;
      weight += (weights[c] as Float64Array)[level] as number;
      // Stopping early never changes the output: nothing that is left could lift the pair over the bound.
      if (weight + (restMax[c] as number) < settings.keepWeight) return;
    }
    if (weight < settings.keepWeight) return;
    out.left.push(left);
    out.right.push(right);
    out.rule.push(rule);
    out.pattern.push(packPattern(levels));
    out.weight.push(weight);
  });
  const left = out.left.toArray();
  const right = out.right.toArray();
  const sources = dictionaryOf(settings.sources);
  const side = (name: "left" | "right", records: Int32Array): Column[] => [
    { kind: "text", name: `${name}_source`, dictionary: sources, ids: records.map((i) => shard.source[i] as number) },
    { kind: "number", name: `${name}_row`, values: Float64Array.from(records, (i) => shard.row[i] as number) },
    textOf(`${name}_id`, records, (i) => shard.ids.dictionary.get(shard.ids.ids[i] as number)),
  ];
  return {
    rowCount: left.length,
    columns: [
      ...side("left", left),
      ...side("right", right),
      { kind: "number", name: "rule", values: out.rule.toArray() },
      { kind: "number", name: "pattern", values: out.pattern.toArray() },
      { kind: "number", name: "weight", values: out.weight.toArray() },
    ],
  };
}

const emptyText = { kind: "text", dictionary: dictionaryOf([]), ids: new Int32Array(0) } as const;
const emptyNumber = { kind: "number", values: new Float64Array(0) } as const;

/** What a shard without records gives: the columns of scored pairs, and no pair. */
const noPairs: Table = {
  rowCount: 0,
  columns: [
    ...["left", "right"].flatMap((side): Column[] => [
      { ...emptyText, name: `${side}_source` },
      { ...emptyNumber, name: `${side}_row` },
      { ...emptyText, name: `${side}_id` },
    ]),
    ...["rule", "pattern", "weight"].map((name): Column => ({ ...emptyNumber, name })),
  ],
};

interface RuleScorer {
  readonly priorWeight: number;
  readonly weights: readonly Float64Array[];
  /** The most that all comparisons after this one can add. */
  readonly restMax: Float64Array;
}

function ruleScorers(model: Model): RuleScorer[] {
  return model.rules.map((rule) => {
    const weights = rule.comparisons.map((comparison) =>
      Float64Array.from([0, ...comparison.levels.map((level) => level.weight)]),
    );
    const restMax = new Float64Array(weights.length);
    for (let c = weights.length - 2; c >= 0; c--)
      restMax[c] = (restMax[c + 1] as number) + Math.max(...(weights[c + 1] as Float64Array));
    return { priorWeight: rule.priorWeight, weights, restMax };
  });
}

function textOf(name: string, records: Int32Array, text: (record: number) => string): Column {
  const builder = new DictionaryBuilder();
  const ids = Int32Array.from(records, (record) => builder.add(text(record)));
  return { kind: "text", name, dictionary: builder.build(), ids };
}
