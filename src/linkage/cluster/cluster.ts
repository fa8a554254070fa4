import {
  type Column,
  columnOf,
  concatTables,
  DictionaryBuilder,
  findColumn,
  nullId,
  selectRows,
  type Table,
} from "../../columns/index.ts";
import { idColumn } from "../../records/index.ts";
import { type Model, weightOf } from "../classify/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { ConstrainedUnion, type Refusal } from "./constrained-union.ts";
import type { Decision } from "./decision.ts";
import { guardReason } from "./guard.ts";

/** What clustering is made of. */
export interface ClusterInput {
  /** What `scoreShard` gave for every shard, in any order. */
  readonly scored: readonly Table[];
  /** The records of each source, one row each in the order of the source: `id`, and the level field if there is one. */
  readonly records: readonly { readonly source: string; readonly table: Table }[];
  readonly model: Model;
  readonly decisions?: readonly Decision[];
}

/** What became of every scored pair and every record. */
export interface Clustering {
  /** The scored columns and `outcome` (match, review, rejected) and `reason`, by left source and row, then right. */
  readonly pairs: Table;
  /** `cluster` (from 0, by first record), `source`, `row`, `id`: every record once, by cluster, source, row. */
  readonly entities: Table;
  /** Decisions that could not be kept, since they contradict others or name no record. */
  readonly refusedDecisions: readonly Decision[];
}

const reasonByRefusal: Readonly<Record<Refusal, string>> = {
  levels: "the entities are of different levels",
  decision: "someone decided that these are different",
  source: "the entity already holds a record of that source",
};

/**
 * Joins matching pairs into entities, the surest first. Groups keep their constraints, so a pair that would break one is not a
 * match but goes to review. Where sources are free of duplicates an entity takes one record of each.
 */
export function cluster(input: ClusterInput): Clustering {
  const { settings } = input.model;
  const records = numberRecords(input.records, settings);
  const pairs = orderedPairs(input.scored, records, settings);
  const union = new ConstrainedUnion(records);
  const refusedDecisions = applyDecisions(union, input.decisions ?? [], records);
  const decided = judge(pairs, union, settings);
  return { pairs: pairsTable(pairs, decided), entities: entitiesTable(union, records, settings), refusedDecisions };
}

interface NumberedRecords {
  readonly source: Uint8Array;
  readonly level: Uint8Array;
  /** Number of the first record of each source. */
  readonly firstOfSource: readonly number[];
  readonly idOf: (record: number) => string;
  readonly recordOf: (source: string, id: string) => number | undefined;
}

function numberRecords(tables: ClusterInput["records"], settings: LinkageSettings): NumberedRecords {
  const ordered = settings.sources.map((source) =>
    tables.filter((one) => one.source === source).map((one) => one.table),
  );
  const counts = ordered.map((ofSource) => ofSource.reduce((sum, table) => sum + table.rowCount, 0));
  const firstOfSource = counts.map((_, i) => counts.slice(0, i).reduce((sum, count) => sum + count, 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const source = new Uint8Array(total);
  const level = new Uint8Array(total);
  const ids: string[] = [];
  const levels = new DictionaryBuilder();
  ordered.forEach((ofSource, s) => {
    for (const table of ofSource) {
      const id = columnOf(table, idColumn, "text");
      const levelColumn = settings.levelField === null ? undefined : findColumn(table, settings.levelField);
      for (let row = 0; row < table.rowCount; row++) {
        source[ids.length] = s;
        const levelId = levelColumn?.kind === "text" ? (levelColumn.ids[row] as number) : nullId;
        if (levelColumn?.kind === "text" && levelId !== nullId)
          level[ids.length] = levels.add(levelColumn.dictionary.get(levelId)) + 1;
        ids.push(id.dictionary.get(id.ids[row] as number));
      }
    }
  });
  return {
    source,
    level,
    firstOfSource,
    idOf: (record) => ids[record] as string,
    recordOf: recordFinder(ids, source, settings),
  };
}

function recordFinder(
  ids: readonly string[],
  source: Uint8Array,
  settings: LinkageSettings,
): NumberedRecords["recordOf"] {
  let recordById: Map<string, number> | undefined;
  return (name, id) => {
    recordById ??= new Map(
      ids.map((one, record) => [`${settings.sources[source[record] as number]}\u0000${one}`, record]),
    );
    return recordById.get(`${name}\u0000${id}`);
  };
}

interface OrderedPairs {
  readonly table: Table;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Float64Array;
  readonly pattern: Float64Array;
  /** Rows of `table` by left, then right record. */
  readonly order: Int32Array;
}

function orderedPairs(scored: readonly Table[], records: NumberedRecords, settings: LinkageSettings): OrderedPairs {
  const table = concatTables(scored);
  const left = sideRecords(table, "left", records, settings);
  const right = sideRecords(table, "right", records, settings);
  const order = Int32Array.from(left.keys()).sort(
    (a, b) => (left[a] as number) - (left[b] as number) || (right[a] as number) - (right[b] as number),
  );
  return {
    table,
    left,
    right,
    weight: columnOf(table, "weight", "number").values,
    pattern: columnOf(table, "pattern", "number").values,
    order,
  };
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
  return Int32Array.from(source.ids, (id, i) => (first[id] as number) + (row[i] as number));
}

function applyDecisions(union: ConstrainedUnion, decisions: readonly Decision[], records: NumberedRecords): Decision[] {
  const refused: Decision[] = [];
  // What is the same is joined before what is different is kept apart, so that a chain of both is seen whole.
  for (const kind of ["same", "different"] as const) {
    for (const decision of decisions.filter((one) => one.kind === kind)) {
      const left = records.recordOf(decision.left.source, decision.left.id);
      const right = records.recordOf(decision.right.source, decision.right.id);
      if (left === undefined || right === undefined || left === right) refused.push(decision);
      else if (kind === "different") {
        if (!union.keepApart(left, right)) refused.push(decision);
      } else if (union.refusal(left, right, false) === null) union.join(left, right);
      else refused.push(decision);
    }
  }
  return refused;
}

interface Judgement {
  readonly outcome: "match" | "review" | "rejected";
  readonly reason: string;
}

const rejected: Judgement = { outcome: "rejected", reason: "below the threshold" };
const doubtful: Judgement = { outcome: "review", reason: "below the threshold, but not by much" };
const match: Judgement = { outcome: "match", reason: "" };

/** The outcome of each row of the pairs' table: surest first, ties by record order. */
function judge(pairs: OrderedPairs, union: ConstrainedUnion, settings: LinkageSettings): Judgement[] {
  const weightMin = weightOf(settings.threshold);
  const reviewMin = weightOf(settings.reviewThreshold);
  const judged = Array.from(pairs.weight, (weight): Judgement => (weight >= reviewMin ? doubtful : rejected));
  const surest = pairs.order.filter((i) => (pairs.weight[i] as number) >= weightMin);
  // The order is by record already and this sort is stable, so ties fall the same way in every run.
  surest.sort((a, b) => (pairs.weight[b] as number) - (pairs.weight[a] as number));
  const sourcesOnce = settings.oneToOne || !settings.dedupe;
  for (const i of surest) judged[i] = judgePair(i, pairs, union, sourcesOnce, settings);
  return judged;
}

function judgePair(
  i: number,
  pairs: OrderedPairs,
  union: ConstrainedUnion,
  sourcesOnce: boolean,
  settings: LinkageSettings,
): Judgement {
  const left = pairs.left[i] as number;
  const right = pairs.right[i] as number;
  const guarded = guardReason(pairs.pattern[i] as number, settings);
  if (guarded !== null) return union.find(left) === union.find(right) ? match : { outcome: "review", reason: guarded };
  const refusal = union.refusal(left, right, sourcesOnce);
  if (refusal !== null) return { outcome: "review", reason: reasonByRefusal[refusal] };
  union.join(left, right);
  return match;
}

function pairsTable(pairs: OrderedPairs, judged: readonly Judgement[]): Table {
  const { order } = pairs;
  const { columns } = selectRows(pairs.table, order);
  const text = (name: string, of: (judgement: Judgement) => string): Column => {
    const builder = new DictionaryBuilder();
    const ids = order.map((i) => builder.add(of(judged[i] as Judgement)));
    return { kind: "text", name, dictionary: builder.build(), ids };
  };
  return {
    rowCount: order.length,
    columns: [...columns, text("outcome", (one) => one.outcome), text("reason", (one) => one.reason)],
  };
}

function entitiesTable(union: ConstrainedUnion, records: NumberedRecords, settings: LinkageSettings): Table {
  const total = records.source.length;
  const clusterByRoot = new Map<number, number>();
  const cluster = Int32Array.from({ length: total }, (_, record) => {
    const root = union.find(record);
    if (!clusterByRoot.has(root)) clusterByRoot.set(root, clusterByRoot.size);
    return clusterByRoot.get(root) as number;
  });
  const order = Int32Array.from(cluster.keys()).sort(
    (a, b) => (cluster[a] as number) - (cluster[b] as number) || a - b,
  );
  const ids = new DictionaryBuilder();
  const sources = new DictionaryBuilder();
  return {
    rowCount: total,
    columns: [
      { kind: "number", name: "cluster", values: Float64Array.from(order, (record) => cluster[record] as number) },
      textColumn(
        "source",
        order.map((record) => sources.add(settings.sources[records.source[record] as number] as string)),
        sources,
      ),
      {
        kind: "number",
        name: "row",
        values: Float64Array.from(
          order,
          (record) => record - (records.firstOfSource[records.source[record] as number] as number),
        ),
      },
      textColumn(
        idColumn,
        order.map((record) => ids.add(records.idOf(record))),
        ids,
      ),
    ],
  };
}

function textColumn(name: string, ids: Int32Array, builder: DictionaryBuilder): Column {
  return { kind: "text", name, dictionary: builder.build(), ids };
}
