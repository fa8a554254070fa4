import { type Column, dictionaryOf, GrowingFloat64, GrowingInt32, type Table } from "../../columns/index.ts";
import type { Shard } from "../blocking/index.ts";
import type { Model } from "./model.ts";
import { packPattern } from "./pattern.ts";
import { RuleScorer } from "./rule-scorer.ts";
import { type Captures, CaptureTally } from "../recall/index.ts";
import { isTrustedRule } from "../trusted-rules.ts";
import type { ShardPairs } from "./shard-pairs.ts";

/** The pairs of a shard that were kept, and how many there were. */
export interface ScoredShard {
  /**
   * Pairs at or above the settings' `keepWeight`. Columns: left_source, left_row, left_id, right_source, right_row,
   * right_id, rule (index), pattern, weight (log2 of the posterior odds).
   */
  readonly pairs: Table;
  /** Candidate pairs scored, by rule. */
  readonly pairsByRule: readonly number[];
  /** The pairs more likely matches than not, by the families of rules that find them. */
  readonly captures: readonly Captures[];
}

/** A scan that begins here loses no pair. */
const startOfKept = 1e9;

/** Scores every candidate pair of a shard. */
export function scoreShard(pairs: ShardPairs, model: Model): ScoredShard {
  const { settings } = model;
  const { keepWeight } = settings;
  // What shares a trusted identifier is kept whatever else the pair says.
  const keptFrom = settings.rules.map((rule) => (isTrustedRule(rule, settings) ? -Infinity : keepWeight));
  const scorers = model.rules.map((rule) => new RuleScorer(rule, pairs));
  const kept = new KeptPairs();
  const captured = new CaptureTally(pairs.shard, settings);
  const rules = scorers.map(({ bounds }, r) =>
    keptFrom[r] === keepWeight ? bounds : { ...bounds, start: startOfKept },
  );
  const pairsByRule = pairs.scan({ rules, keepWeight }, (chunk, count) => {
    for (let k = 0; k < count; k++) {
      const rule = chunk.rule[k] as number;
      const scorer = scorers[rule] as RuleScorer;
      const left = chunk.left[k] as number;
      const right = chunk.right[k] as number;
      const weight = scorer.weigh(left, right, chunk.pattern[k] as number, keptFrom[rule] as number);
      if (weight === undefined) continue;
      kept.add(left, right, rule, packPattern(scorer.levels), weight);
      if (weight >= 0) captured.add(left, right);
    }
  });
  return { pairs: kept.toTable(pairs.shard, settings.sources), pairsByRule, captures: captured.finish() };
}

class KeptPairs {
  readonly #left = new GrowingInt32();
  readonly #right = new GrowingInt32();
  readonly #rule = new GrowingFloat64();
  readonly #pattern = new GrowingFloat64();
  readonly #weight = new GrowingFloat64();

  add(left: number, right: number, rule: number, pattern: number, weight: number): void {
    this.#left.push(left);
    this.#right.push(right);
    this.#rule.push(rule);
    this.#pattern.push(pattern);
    this.#weight.push(weight);
  }

  toTable(shard: Shard, sourceNames: readonly string[]): Table {
    return {
      rowCount: this.#left.length,
      columns: [
        ...sideColumns("left", this.#left.toArray(), shard, sourceNames),
        ...sideColumns("right", this.#right.toArray(), shard, sourceNames),
        { kind: "number", name: "rule", values: this.#rule.toArray() },
        { kind: "number", name: "pattern", values: this.#pattern.toArray() },
        { kind: "number", name: "weight", values: this.#weight.toArray() },
      ],
    };
  }
}

function sideColumns(
  side: "left" | "right",
  records: Int32Array,
  shard: Shard,
  sourceNames: readonly string[],
): Column[] {
  const { texts, numberOf } = shard.idNumberer(records.length);
  const [source, row, id] = [new Int32Array(records.length), new Float64Array(records.length), records.slice()];
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as number;
    source[i] = shard.source[record] as number;
    row[i] = shard.row[record] as number;
    id[i] = numberOf(record);
  }
  return [
    { kind: "text", name: `${side}_source`, dictionary: dictionaryOf(sourceNames), ids: source },
    { kind: "number", name: `${side}_row`, values: row },
    { kind: "text", name: `${side}_id`, dictionary: texts.dictionary(), ids: id },
  ];
}

const emptyText = { kind: "text", dictionary: dictionaryOf([]), ids: new Int32Array(0) } as const;
const emptyNumber = { kind: "number", values: new Float64Array(0) } as const;

/** The columns of scored pairs, and no pair. */
export const noScoredPairs: Table = {
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
