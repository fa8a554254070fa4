import type { Column } from "../../columns/index.ts";

/** The numbers of a column; a text column that is compared as numbers is read as such, NaN where it is none. */
export function numbersOf(column: Column): Float64Array {
  if (column.kind === "number") return column.values;
  throw new TypeError(`column ${column.name} holds texts, not numbers`);
}
