import { DisjointSets } from "./disjoint-sets.ts";
import { byTrivialTitle, type TitledRecord, type TrivialRecord } from "./trivial-rule.ts";
import { type RecordRef, recordKey } from "./truth.ts";

/** How many pairs the trivial rule makes, and how many of them are of one cluster; counted, not listed. */
export function countTrivialPairs(
  records: readonly TrivialRecord[],
  clusterOf: (record: RecordRef) => string,
  dedupe: boolean,
): { readonly found: number; readonly right: number } {
  const pairsOf = (group: readonly TitledRecord[]): number => {
    const within = [...Map.groupBy(group, (record) => record.source).values()].map(nearPairs);
    return nearPairs(group) - (dedupe ? 0 : within.reduce((sum, pairs) => sum + pairs, 0));
  };
  let [found, right] = [0, 0];
  for (const group of byTrivialTitle(records).values()) {
    found += pairsOf(group);
    for (const ofCluster of Map.groupBy(group, clusterOf).values()) right += pairsOf(ofCluster);
  }
  return { found, right };
}

/** Pairs of records whose years are within one; years are whole numbers. */
function nearPairs(group: readonly TitledRecord[]): number {
  const countByYear = new Map<number, number>();
  for (const { year } of group) countByYear.set(year, (countByYear.get(year) ?? 0) + 1);
  let pairs = 0;
  for (const [year, count] of countByYear)
    pairs += (count * (count - 1)) / 2 + count * (countByYear.get(year + 1) ?? 0);
  return pairs;
}

/** The entities that the trivial rule's pairs make when joined, by {@link recordKey}; records without a pair are absent. */
export function trivialEntities(records: readonly TrivialRecord[], dedupe: boolean): ReadonlyMap<string, string> {
  const entityByRecord = new Map<string, string>();
  for (const [title, group] of byTrivialTitle(records)) {
    // Records of one title, year and source are paired with the same others, so a cell of them is joined as one.
    const cells = [...Map.groupBy(group, ({ year, source }) => `${year} ${dedupe ? "" : source}`).values()];
    const byYear = Map.groupBy(cells.keys(), (cell) => cells[cell]?.[0]?.year as number);
    const sets = new DisjointSets(cells.length);
    const isPaired = cells.map((cell) => dedupe && cell.length > 1);
    cells.forEach((cell, a) => {
      const { year, source } = cell[0] as TitledRecord;
      for (const b of [...(byYear.get(year) ?? []), ...(byYear.get(year + 1) ?? [])]) {
        if (a === b || (!dedupe && cells[b]?.[0]?.source === source)) continue;
        sets.join(a, b);
        isPaired[a] = true;
        isPaired[b] = true;
      }
    });
    cells.forEach((cell, at) => {
      if (!isPaired[at]) return;
      for (const record of cell) entityByRecord.set(recordKey(record), `${title}\u0000${sets.find(at)}`);
    });
  }
  return entityByRecord;
}
