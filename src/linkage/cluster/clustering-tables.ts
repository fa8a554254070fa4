import { type Column, columnOf, DictionaryBuilder, dictionaryOf, selectRows, type Table } from "../../columns/index.ts";
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
    return { kind: "number", name, values: Float64Array.from(order, (i) => values[i] as number) };
  };
  const scored = columnOf(pairs.table, "weight", "number").values;
  return {
    rowCount: order.length,
    columns: [
      ...columns.filter(({ name }) => name !== "weight"),
      number("weight", pairs.weight),
      // What a trusted identifier adds to the weight of a pair, if any identifier is trusted.
      ...(pairs.trusted === undefined
        ? []
        : [
            number(
              "trusted",
              pairs.weight.map((one, i) => one - (scored[i] as number)),
            ),
          ]),
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
  const order = Int32Array.from(cluster.keys()).sort(
    (a, b) => (cluster[a] as number) - (cluster[b] as number) || a - b,
  );
  const ids = new DictionaryBuilder();
  const sources = new DictionaryBuilder();
  const rowOf = (record: number): number =>
    record - (records.firstOfSource[records.source[record] as number] as number);
  return {
    rowCount: order.length,
    columns: [
      { kind: "number", name: "cluster", values: Float64Array.from(order, (record) => cluster[record] as number) },
      textColumn(
        "source",
        order.map((record) => sources.add(settings.sources[records.source[record] as number] as string)),
        sources,
      ),
      { kind: "number", name: "row", values: Float64Array.from(order, rowOf) },
      textColumn(
        idColumn,
        order.map((record) => ids.add(records.idOf(record))),
        ids,
      ),
      {
        kind: "text",
        name: "outcome",
        dictionary: dictionaryOf(recordOutcomes),
        ids: Int32Array.from(order, (record) => found.outcome[record] as number),
      },
      { kind: "number", name: "pair", values: Float64Array.from(order, (record) => found.pair[record] as number) },
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

function textColumn(name: string, ids: Int32Array, builder: DictionaryBuilder): Column {
  return { kind: "text", name, dictionary: builder.build(), ids };
}
