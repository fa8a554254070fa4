import { type Column, findColumn, type Table } from "../../columns/index.ts";
import type { ComparisonSettings } from "../settings.ts";
import { compareContexts } from "./context.ts";
import { nullLevel, type PairComparer } from "./contract.ts";
import { comparisonOf } from "./registry.ts";

/** One prepared comparer for each comparison of the settings but those at the places `without`, over the columns of a table or shard. */
export function prepareComparers(
  fields: { get(name: string): Column | undefined },
  comparisons: readonly ComparisonSettings[],
  frequencies: Table,
  recordCount: number,
  without: ReadonlySet<number> = new Set(),
): PairComparer[] {
  const contexts = compareContexts(frequencies, comparisons.length, recordCount);
  return comparisons.map((comparison, i) => {
    const column = without.has(i) ? undefined : fields.get(comparison.field);
    const context = contexts[i];
    return column === undefined || context === undefined
      ? () => nullLevel
      : comparisonOf(comparison).prepare(column, context);
  });
}

/** The columns of a table by name. */
export function columnsByName(table: Table): ReadonlyMap<string, Column> {
  return new Map(table.columns.map((column) => [column.name, findColumn(table, column.name) as Column]));
}
