import { sortByNumber, wholeNumbers } from "../../base/index.ts";
import { type Column, columnOf, concatTables, type Table } from "../../columns/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { NumberedRecords } from "./numbered-records.ts";

/** The scored pairs of all shards, their records by number. */
export interface OrderedPairs {
  readonly table: Table;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** log2 of the odds, with all that was added to what comparisons say. */
  readonly weight: Float64Array;
  readonly pattern: Float64Array;
  /** The rule that made each pair, by its place. */
  readonly rule: Float64Array;
  /** Rows of `table` by left, then right record: the same whatever order the shards came in. */
  readonly order: Int32Array;
  /** By row, the field of which both records have one trusted value; undefined where there is none at all. */
  readonly trusted?: readonly (string | undefined)[];
  /** By row, what related records added to the weight; undefined where they were left out of account. */
  readonly related?: Float64Array;
}

/** Puts the scored pairs of all shards together. */
export function orderPairs(
  scored: readonly Table[],
  records: NumberedRecords,
  settings: LinkageSettings,
): OrderedPairs {
  const table = concatTables(scored);
  const left = sideRecords(table, "left", records, settings);
  const right = sideRecords(table, "right", records, settings);
  const recordCount = records.source.length;
  const order = sortByNumber(sortByNumber(wholeNumbers(left.length), right, recordCount), left, recordCount);
  return {
    table,
    left,
    right,
    weight: columnOf(table, "weight", "number").values,
    pattern: columnOf(table, "pattern", "number").values,
    rule: columnOf(table, "rule", "number").values,
    order,
  };
}

/** Scored pairs with what related records say added to their weights. */
export function raisedBy(scored: Table, related: Float64Array): Table {
  const raised = columnOf(scored, "weight", "number").values.map((one, i) => one + (related[i] as number));
  const columns = scored.columns.map(
    (column): Column => (column.name === "weight" ? { kind: "number", name: "weight", values: raised } : column),
  );
  return { ...scored, columns };
}

/** The same pairs with the weights of `table`, of which related records account for some. */
export function addRelated(pairs: OrderedPairs, related: Float64Array, table: Table): OrderedPairs {
  return { ...pairs, table, weight: columnOf(table, "weight", "number").values, related };
}

/** The least weight of a pair that shares a trusted identifier: one in a million is wrong. */
const trustedWeightMin = 20;

/** Finds the pairs that share a trusted identifier, and lifts their weight to what that is worth. */
export function liftTrusted(
  pairs: OrderedPairs,
  { trusted }: NumberedRecords,
  settings: LinkageSettings,
): OrderedPairs {
  if (settings.trusted.length === 0) return pairs;
  const fields = Array.from(pairs.left, (left, i) => trusted.shared(left, pairs.right[i] as number) ?? undefined);
  const weight = pairs.weight.map((one, i) => (fields[i] === undefined ? one : Math.max(one, trustedWeightMin)));
  return { ...pairs, weight, trusted: fields };
}

function sideRecords(
  table: Table,
  side: "left" | "right",
  records: NumberedRecords,
  settings: LinkageSettings,
): Int32Array {
  const source = columnOf(table, `${side}_source`, "text");
  const row = columnOf(table, `${side}_row`, "number").values;
  const first = Array.from(
    { length: source.dictionary.size },
    (_, id) => records.firstOfSource[settings.sources.indexOf(source.dictionary.get(id))] as number,
  );
  return source.ids.map((id, i) => (first[id] as number) + (row[i] as number));
}
