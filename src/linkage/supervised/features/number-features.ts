import type { NumberColumn } from "../../../columns/index.ts";
import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";

/** How far apart the numbers of one column are. */
export function numberFeatures(pairs: PairedRecords, column: NumberColumn): FeatureColumn[] {
  const names = ["difference", "distance", "relative distance", "equal"].map((name) => `${column.name}: ${name}`);
  return featuresOf(names, pairs, (left, right, out) => {
    const [a, b] = [column.values[left] as number, column.values[right] as number];
    if (Number.isNaN(a) || Number.isNaN(b)) return;
    const distance = Math.abs(a - b);
    const largest = Math.max(Math.abs(a), Math.abs(b));
    out.set([b - a, distance, largest === 0 ? 0 : distance / largest, a === b ? 1 : 0]);
  });
}
