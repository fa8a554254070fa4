import { sortByNumber, wholeNumbers } from "../../base/index.ts";
import {
  type Column,
  columnOf,
  type Dictionary,
  DictionaryBuilder,
  dictionaryOf,
  selectRows,
  type Table,
} from "../../columns/index.ts";
import { idColumn } from "../../records/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { Judgement } from "./judgement.ts";
import type { NumberedRecords } from "./numbered-records.ts";
import type { OrderedPairs } from "./ordered-pairs.ts";
import { type RecordOutcomes, recordOutcomes } from "./record-outcomes.ts";

/** The scored pairs with what became of each, by left, then right record. */
export function pairsTable(pairs: OrderedPairs, judged: readonly Judgement[]): Table {
  const { order } = pairs;
  const { columns } = selectRows(pairs.table, order);
  const text = (name: string, of: (judgement: Judgement) => string): Column => {
    const builder = new DictionaryBuilder();
    const ids = order.map((i) => builder.add(of(judged[i] as Judgement)));
    return { kind: "text", name, dictionary: builder.build(), ids };
  };
  const number = (name: string, values: ArrayLike<number>): Column => {
    const ordered = new Float64Array(order.length);
    for (let i = 0; i < ordered.length; i++) ordered[i] = values[order[i] as number] as number;
    return { kind: "number", name, values: ordered };
  };
  const scored = columnOf(pairs.table, "weight", "number").values;
  const lifts = (): Float64Array => pairs.weight.map((one, i) => one - (scored[i] as number));
  return {
    rowCount: order.length,
    columns: [
      ...columns.filter(({ name }) => name !== "weight"),
      number("weight", pairs.weight),
      // What was added to the weight that comparisons give, if there is anything that may add.
      ...(pairs.related === undefined ? [] : [number("related", pairs.related)]),
      ...(pairs.trusted === undefined ? [] : [number("trusted", lifts())]),
      text("outcome", (one) => one.outcome),
      text("reason", (one) => one.reason),
    ],
  };
}

/** Every record once, by cluster, then record; clusters are numbered by their first record. */
export function entitiesTable(
  group: Int32Array,
  found: RecordOutcomes,
  records: NumberedRecords,
  settings: LinkageSettings,
): Table {
  const cluster = numberedClusters(group);
  const count = cluster.length;
  const order = sortByNumber(wholeNumbers(count), cluster, count);
  const numbers = (name: string, of: (record: number) => number): Column => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = of(order[i] as number);
    return { kind: "number", name, values };
  };
  const texts = (name: string, dictionary: Dictionary, of: ArrayLike<number>): Column => {
    return { kind: "text", name, dictionary, ids: order.map((record) => of[record] as number) };
  };
  return {
    rowCount: count,
    columns: [
      numbers("cluster", (record) => cluster[record] as number),
      texts("source", dictionaryOf(settings.sources), records.source),
      numbers("row", (record) => record - (records.firstOfSource[records.source[record] as number] as number)),
      texts(idColumn, records.ids.dictionary, records.ids.ids),
      texts("outcome", dictionaryOf(recordOutcomes), found.outcome),
      numbers("pair", (record) => found.pair[record] as number),
    ],
  };
}

function numberedClusters(group: Int32Array): Int32Array {
  const clusterByGroup = new Int32Array(group.length).fill(-1);
  let count = 0;
  return group.map((root) => {
    if (clusterByGroup[root] === -1) clusterByGroup[root] = count++;
    return clusterByGroup[root] as number;
  });
}
