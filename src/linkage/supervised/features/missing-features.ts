import { type Column, valueAt } from "../../../columns/index.ts";
import { type FeatureColumn, featureOf, type PairedRecords } from "./paired-records.ts";

/** Which of the two lack a value: 0 neither, 1 the left, 2 the right, 3 both. */
export function missingFeature(pairs: PairedRecords, column: Column): FeatureColumn {
  const missing = Uint8Array.from({ length: pairs.records.rowCount }, (_, row) =>
    valueAt(column, row) === null ? 1 : 0,
  );
  return featureOf(
    `${column.name}: missing`,
    pairs,
    (left, right) => (missing[left] as number) + 2 * (missing[right] as number),
  );
}
