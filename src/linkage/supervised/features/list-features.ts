import { type TextListColumn, textsAt } from "../../../columns/index.ts";
import { foldText } from "../../compare/index.ts";
import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";

/** How many members the lists of one column share. */
export function listFeatures(pairs: PairedRecords, column: TextListColumn): FeatureColumn[] {
  const sets = Array.from({ length: pairs.records.rowCount }, (_, row) => new Set(textsAt(column, row).map(foldText)));
  const names = ["shared", "share of shorter", "jaccard", "members more in right"].map(
    (name) => `${column.name}: ${name}`,
  );
  return featuresOf(names, pairs, (left, right, out) => {
    const [a, b] = [sets[left] as Set<string>, sets[right] as Set<string>];
    if (a.size === 0 || b.size === 0) return;
    let shared = 0;
    for (const member of a) if (b.has(member)) shared++;
    out.set([shared, shared / Math.min(a.size, b.size), shared / (a.size + b.size - shared), b.size - a.size]);
  });
}
