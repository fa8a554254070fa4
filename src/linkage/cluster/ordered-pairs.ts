import { sortByNumber, wholeNumbers } from "../../base/index.ts";
import { columnOf, concatTables, type Table } from "../../columns/index.ts";
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
  /** Rows of `table` by left, then right record: the same whatever order the shards came in. */
  readonly order: Int32Array;
  /** By row, the field of which both records have one trusted value; undefined where there is none at all. */
  readonly trusted?: readonly (string | undefined)[];
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
    order,
  };
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
