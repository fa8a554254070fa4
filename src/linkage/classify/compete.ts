import { orderOfNumbers } from "../../base/index.ts";
import { columnOf, dictionaryTexts, GrowingInt32, type Table } from "../../columns/index.ts";
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
  const [left, right] = sides.map(({ dictionary, ids }) => {
    const sourceOf = dictionaryTexts(dictionary).map((source) => model.settings.sources.indexOf(source));
    return ids.map((id) => sourceOf[id] as number);
  }) as [Int32Array, Int32Array];
  const unrivalled = unrivalledWeights(model);
  const pattern = columnOf(table, "pattern", "number").values;
  const alone = new Float64Array(table.rowCount);
  const raised = new Float64Array(table.rowCount);
  for (let i = 0; i < alone.length; i++) {
    alone[i] = unrivalled(rule[i] as number, pattern[i] as number, left[i] as number, right[i] as number);
    raised[i] = Math.min((weight[i] as number) + (alone[i] as number), weightMax);
  }
  const [leftGroups, rightGroups] = [groups(row("left"), left, right), groups(row("right"), right, left)];
  // What a record's rivals weigh once their own other rivals are taken off, as each side sees it.
  let [byLeft, byRight]: [Float64Array, Float64Array] = [raised, raised];
  let [lossLeft, lossRight]: [Float64Array, Float64Array] = [new Float64Array(0), new Float64Array(0)];
  for (let round = 0; round < rounds; round++) {
    lossLeft = losses(byRight, leftGroups);
    lossRight = losses(byLeft, rightGroups);
    byLeft = less(raised, lossLeft);
    byRight = less(raised, lossRight);
  }
  return less(less(alone, lossLeft), lossRight);
}

function less(from: Float64Array, taken: Float64Array): Float64Array {
  const rest = new Float64Array(from.length);
  for (let i = 0; i < rest.length; i++) rest[i] = (from[i] as number) - (taken[i] as number);
  return rest;
}

/** Rows of one record and one other source, where there are several: group `g` is `rows[starts[g]]` up to `rows[ends[g]]`. */
interface Groups {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The groups of two and more, in an order that does not depend on how pairs were found. */
function groups(record: Float64Array, own: Int32Array, other: Int32Array): Groups {
  const key = new Float64Array(record.length);
  for (let i = 0; i < key.length; i++)
    key[i] = ((record[i] as number) * 16 + (own[i] as number)) * 16 + (other[i] as number);
  const rows = orderOfNumbers(key);
  const starts = new GrowingInt32();
  const ends = new GrowingInt32();
  let start = 0;
  for (let i = 1; i <= rows.length; i++) {
    if (i < rows.length && key[rows[i] as number] === key[rows[i - 1] as number]) continue;
    if (i - start > 1) {
      starts.push(start);
      ends.push(i);
    }
    start = i;
  }
  return { rows, starts: starts.toArray(), ends: ends.toArray() };
}

/** For each pair log2(1 + the odds of all others of its group), added up without taking anything away. */
function losses(weight: Float64Array, { rows, starts, ends }: Groups): Float64Array {
  const loss = new Float64Array(weight.length);
  for (let group = 0; group < starts.length; group++)
    addLosses(rows.subarray(starts[group], ends[group]), weight, loss);
  return loss;
}

function addLosses(group: Int32Array, weight: Float64Array, loss: Float64Array): void {
  const oddsOf = (row: number): number => 2 ** Math.min(weight[row] as number, weightMax);
  if (group.length === 2) {
    const [one, other] = group as unknown as [number, number];
    loss[one] = Math.log2(1 + oddsOf(other));
    loss[other] = Math.log2(1 + oddsOf(one));
    return;
  }
  const ranked = group.sort((a, b) => (weight[a] as number) - (weight[b] as number));
  const odds = new Float64Array(ranked.length);
  for (let i = 0; i < odds.length; i++) odds[i] = oddsOf(ranked[i] as number);
  const above = new Float64Array(ranked.length + 1);
  for (let i = ranked.length - 1; i >= 0; i--) above[i] = (above[i + 1] as number) + (odds[i] as number);
  let below = 0;
  for (let from = 0, to = 0; from < ranked.length; from = to) {
    // Equal candidates get the very same, in whatever order they came.
    while (to < ranked.length && odds[to] === odds[from]) to++;
    const others = below + (to - from - 1) * (odds[from] as number) + (above[to] as number);
    for (let i = from; i < to; i++) loss[ranked[i] as number] = Math.log2(1 + others);
    below += (to - from) * (odds[from] as number);
  }
}
