import { orderOfNumbers } from "../../base/index.ts";
import { columnOf, type Table } from "../../columns/index.ts";
import type { Model } from "./model.ts";
import { unrivalledWeights } from "./unrivalled.ts";

/** How often what one candidate makes of its rivals is handed on; matchings of films are settled after two. */
const rounds = 4;
/** Odds beyond this are as good as certain. */
const weightMax = 200;

/**
 * What its rivals make of each pair, as log2 of odds, where the model knows sources free of duplicates: of all candidates that a record has
 * in another source at most one is its match. Above 0 where nothing surer competes for either record, far below where
 * something does. The sums are those of belief propagation over a matching: B. Huang, T. Jebara, "Approximating the Permanent
 * with Belief Propagation", 2009.
 * @param table what `scoreShard` gave, of all shards together
 */
export function competitionOf(table: Table, model: Model): Float64Array {
  if (model.rules.every(({ unclaimed }) => unclaimed === undefined)) return new Float64Array(table.rowCount);
  const weight = columnOf(table, "weight", "number").values;
  const sides = ["left", "right"].map((side) => columnOf(table, `${side}_source`, "text"));
  const rule = columnOf(table, "rule", "number").values;
  const row = (side: string): Float64Array => columnOf(table, `${side}_row`, "number").values;
  const [left, right] = sides.map((column) =>
    Int32Array.from(column.dictionary.size === 0 ? [] : column.ids, (id) =>
      model.settings.sources.indexOf(column.dictionary.get(id)),
    ),
  ) as [Int32Array, Int32Array];
  const unrivalled = unrivalledWeights(model);
  const pattern = columnOf(table, "pattern", "number").values;
  const alone = Float64Array.from(rule, (one, i) =>
    unrivalled(one, pattern[i] as number, left[i] as number, right[i] as number),
  );
  const raised = weight.map((one, i) => Math.min(one + (alone[i] as number), weightMax));
  const [leftGroups, rightGroups] = [groups(row("left"), left, right), groups(row("right"), right, left)];
  // What a record's rivals weigh once their own other rivals are taken off, as each side sees it.
  let [byLeft, byRight]: [Float64Array, Float64Array] = [raised, raised];
  let [lossLeft, lossRight]: [Float64Array, Float64Array] = [new Float64Array(0), new Float64Array(0)];
  for (let round = 0; round < rounds; round++) {
    lossLeft = losses(byRight, leftGroups);
    lossRight = losses(byLeft, rightGroups);
    byLeft = raised.map((one, i) => one - (lossLeft[i] as number));
    byRight = raised.map((one, i) => one - (lossRight[i] as number));
  }
  return alone.map((one, i) => one - (lossLeft[i] as number) - (lossRight[i] as number));
}

/** Rows of one record and one other source, in an order that does not depend on how pairs were found. */
function groups(record: Float64Array, own: Int32Array, other: Int32Array): Int32Array[] {
  const key = record.map((row, i) => (row * 16 + (own[i] as number)) * 16 + (other[i] as number));
  const order = orderOfNumbers(key);
  const found: Int32Array[] = [];
  let start = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && key[order[i] as number] === key[order[i - 1] as number]) continue;
    found.push(order.subarray(start, i));
    start = i;
  }
  return found;
}

/** For each pair log2(1 + the odds of all others of its group), added up without taking anything away. */
function losses(weight: Float64Array, ofRecords: readonly Int32Array[]): Float64Array {
  const loss = new Float64Array(weight.length);
  for (const group of ofRecords) {
    if (group.length < 2) continue;
    const ranked = group.toSorted((a, b) => (weight[a] as number) - (weight[b] as number));
    const odds = Float64Array.from(ranked, (i) => 2 ** Math.min(weight[i] as number, weightMax));
    const above = new Float64Array(group.length + 1);
    for (let i = group.length - 1; i >= 0; i--) above[i] = (above[i + 1] as number) + (odds[i] as number);
    let below = 0;
    for (let from = 0, to = 0; from < ranked.length; from = to) {
      // Equal candidates get the very same, in whatever order they came.
      while (to < ranked.length && odds[to] === odds[from]) to++;
      const others = below + (to - from - 1) * (odds[from] as number) + (above[to] as number);
      for (let i = from; i < to; i++) loss[ranked[i] as number] = Math.log2(1 + others);
      below += (to - from) * (odds[from] as number);
    }
  }
  return loss;
}
