import { columnOf, type Table, textAt } from "../../columns/index.ts";
import { probabilityOf, type ScoredPair } from "../../linkage/index.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { getTable } from "../linkage/stored-table.ts";

/**
 * Every pair that a run kept, of the given sources: matches, those for review and near misses. What stands in
 * `matches.csv` alone would say nothing of the pairs below the threshold.
 */
export async function scoredPairs(
  { blobs, clustered }: Pick<PublishedLinkage, "blobs" | "clustered">,
  sources: ReadonlySet<string>,
): Promise<Iterable<ScoredPair>> {
  const tables: Table[] = [];
  for (const { links } of clustered.types) tables.push(await getTable(blobs, links));
  return pairsOf(tables, sources);
}

function* pairsOf(tables: readonly Table[], sources: ReadonlySet<string>): Generator<ScoredPair> {
  for (const table of tables) {
    const side = (name: "left" | "right"): ((row: number) => ScoredPair["left"]) => {
      const [source, id] = [columnOf(table, `${name}_source`, "text"), columnOf(table, `${name}_id`, "text")];
      return (row) => ({ source: textAt(source, row) as string, id: textAt(id, row) as string });
    };
    const [leftOf, rightOf] = [side("left"), side("right")];
    const weight = columnOf(table, "weight", "number").values;
    for (let row = 0; row < table.rowCount; row++) {
      const [left, right] = [leftOf(row), rightOf(row)];
      if (sources.has(left.source) && sources.has(right.source))
        yield { left, right, probability: probabilityOf(weight[row] as number) };
    }
  }
}
