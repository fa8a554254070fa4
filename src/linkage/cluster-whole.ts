import { concatTables, selectRows, type Table } from "../columns/index.ts";
import { neededColumns } from "./blocking/index.ts";
import type { Frozen } from "./classify/index.ts";
import { type ClusterInput, type Clustering, OpenClustering, type UnseenPair, unseenPairs } from "./cluster/index.ts";
import { explainPair } from "./explain/index.ts";

/**
 * Clusters records that are in memory with all their fields: pairs within an entity that were too unlikely to be kept are weighed
 * again, for they are the strongest that can speak against its being one.
 */
export function clusterWhole(input: ClusterInput, frozen: Frozen): Clustering {
  const { model, records } = input;
  const open = new OpenClustering(input);
  const joined = open.join();
  const tables = model.settings.sources.flatMap((source) =>
    records.filter((one) => one.source === source).map(({ table }) => table),
  );
  const unseen = unseenPairs(joined).flatMap(([left, right]): UnseenPair[] => {
    const both = [left, right].map((record) => neededColumns(rowOf(tables, record), model.settings));
    const { rule, weight } = explainPair(concatTables(both), model, frozen);
    return rule === null ? [] : [{ left, right, weight }];
  });
  return open.finish(joined, unseen);
}

/** One record of all, by its number. */
function rowOf(tables: readonly Table[], record: number): Table {
  let row = record;
  for (const table of tables) {
    if (row < table.rowCount) return selectRows(table, Int32Array.of(row));
    row -= table.rowCount;
  }
  throw new RangeError(`there is no record ${record}`);
}
