import { type Column, nullId } from "../../../columns/index.ts";
import type { Field } from "../../../records/index.ts";
import { type CompareContext, comparisonKinds, comparisonOf, nullLevel } from "../../compare/index.ts";
import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";

/** Lists of these kinds are compared as wholes, as `inferLinkage` has them. */
const listComparison: Readonly<Record<string, string>> = { category: "set", title: "titleList" };

/** The level that the comparison of the field's kind gives, and how common an equal value is. */
export function levelFeatures(pairs: PairedRecords, column: Column, field: Field): FeatureColumn[] {
  const kind = (field.list ? listComparison[field.kind] : undefined) ?? field.kind;
  if (!comparisonKinds().includes(kind)) return [];
  const comparison = comparisonOf({ field: field.name, kind });
  const compare = comparison.prepare(column, contextOf(pairs, column, comparison.valueKeys));
  return featuresOf([`${field.name}: level`], pairs, (left, right, out) => {
    const level = compare(left, right);
    if (level !== nullLevel) out[0] = level;
  });
}

/** Frequencies among the records of the side that holds a value more often. */
function contextOf(
  { records, left, right }: PairedRecords,
  column: Column,
  valueKeys: ((text: string) => string[]) | undefined,
): CompareContext {
  const recordCount = records.rowCount;
  if (valueKeys === undefined || column.kind === "number") return { recordCount, frequency: () => 1 };
  const most = new Map<string, number>();
  for (const side of [left, right]) {
    const counts = new Map<string, number>();
    for (const row of new Set(side))
      for (const key of new Set(textsOf(column, row).flatMap(valueKeys))) counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const [key, count] of counts) most.set(key, Math.max(most.get(key) ?? 1, count));
  }
  return { recordCount, frequency: (key) => most.get(key) ?? 1 };
}

function textsOf(column: Exclude<Column, { kind: "number" }>, row: number): string[] {
  if (column.kind === "text") {
    const id = column.ids[row] as number;
    return id === nullId ? [] : [column.dictionary.get(id)];
  }
  return Array.from(column.values.subarray(column.offsets[row], column.offsets[row + 1]), (id) =>
    column.dictionary.get(id),
  );
}
