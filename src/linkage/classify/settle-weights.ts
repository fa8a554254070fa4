import {
  type Column,
  columnOf,
  concatTables,
  DictionaryBuilder,
  dictionaryOf,
  type Table,
  type TextIds,
  textAt,
} from "../../columns/index.ts";
import { calibrate } from "../calibrate/index.ts";
import { pairKey } from "../evaluate/index.ts";
import { competitionOf } from "./compete.ts";
import { type GuardOf, guardOf } from "./guard.ts";
import type { Model } from "./model.ts";

/** What a judge adds to the weight of a pair, and its name. */
export interface JudgedWeight {
  readonly weight: number;
  readonly judge: string;
}

/**
 * Puts the scored pairs of all shards together and adds to their weights what their values do not tell, each as a column of its
 * own, log2 of odds: `verdict`, what a judge said (`verdict_by` who), `competition`, what the rivals of a pair make
 * of it, `guard`, what is taken off where too little agrees to say more than even odds, and `calibration`, what labelled pairs taught of the weights so far, where the model has learnt it.
 * @param judged by `pairKey`
 * @param related by row of all that was scored, what related records added: evidence besides the values, which no guard holds back
 */
export function settleWeights(
  scored: readonly Table[],
  model: Model,
  judged: ReadonlyMap<string, JudgedWeight> = new Map(),
  related?: Float64Array,
): Table {
  const { calibration } = model;
  const found = concatTables([...scored]);
  const { verdict, by } = verdictsOf(found, judged);
  const weighed = columnOf(found, "weight", "number").values.map((one, i) => one + (verdict[i] as number));
  const competition = competitionOf(withWeight(found, weighed), model);
  const rivalled = weighed.map((one, i) => one + (competition[i] as number));
  const isFree = (row: number): boolean => (related?.[row] ?? 0) > 0;
  const held = heldBack(columnOf(found, "pattern", "number").values, rivalled, verdict, isFree, guardOf(model));
  const guarded = rivalled.map((one, i) => one + (held[i] as number));
  // Not by adding up: what a calibration makes equal has to be equal to the last bit.
  const calibrated = calibration === undefined ? guarded : guarded.map((one) => calibrate(calibration, one));
  const moved = calibrated.map((one, i) => one - (guarded[i] as number));
  const settled = withWeight(found, calibrated);
  const number = (name: string, values: Float64Array): Column => ({ kind: "number", name, values });
  return {
    rowCount: found.rowCount,
    columns: [
      ...settled.columns,
      number("verdict", verdict),
      { kind: "text", name: "verdict_by", ...by },
      number("competition", competition),
      number("guard", held),
      number("calibration", moved),
    ],
  };
}

/**
 * What is taken off the weights of pairs that the guard sends to review: with so little to go by, values alone never say more than even
 * odds. What a judge said counts on top.
 */
function heldBack(
  pattern: Float64Array,
  weight: Float64Array,
  verdict: Float64Array,
  isFree: (row: number) => boolean,
  guard: GuardOf,
): Float64Array {
  return weight.map((one, row) => {
    const own = one - (verdict[row] as number);
    return own > 0 && !isFree(row) && guard(pattern[row] as number) !== null ? -own : 0;
  });
}

function withWeight(table: Table, values: Float64Array): Table {
  const replaced = (column: Column): Column =>
    column.name === "weight" ? { kind: "number", name: "weight", values } : column;
  return { ...table, columns: table.columns.map(replaced) };
}

/** What was said of each row, and who said it, nobody being the empty text. */
function verdictsOf(table: Table, judged: ReadonlyMap<string, JudgedWeight>): { verdict: Float64Array; by: TextIds } {
  const verdict = new Float64Array(table.rowCount);
  const ids = new Int32Array(table.rowCount);
  if (judged.size === 0) return { verdict, by: { dictionary: dictionaryOf(table.rowCount === 0 ? [] : [""]), ids } };
  const record = (side: string): ((row: number) => { source: string; id: string }) => {
    const [source, id] = [columnOf(table, `${side}_source`, "text"), columnOf(table, `${side}_id`, "text")];
    return (row) => ({ source: textAt(source, row) as string, id: textAt(id, row) as string });
  };
  const [left, right] = [record("left"), record("right")];
  const names = new DictionaryBuilder();
  for (let row = 0; row < table.rowCount; row++) {
    const said = judged.get(pairKey({ left: left(row), right: right(row) }));
    verdict[row] = said?.weight ?? 0;
    ids[row] = names.add(said?.judge ?? "");
  }
  return { verdict, by: { dictionary: names.build(), ids } };
}
