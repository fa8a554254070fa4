import type { Column } from "../../columns/index.ts";

/** The numbers of a column, NaN where it has none: what is infinite says no more than what is missing. */
export function numbersOf(column: Column): Float64Array {
  if (column.kind !== "number") throw new TypeError(`column ${column.name} holds texts, not numbers`);
  const { values } = column;
  if (!values.some((value) => value === Infinity || value === -Infinity)) return values;
  return values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
}
