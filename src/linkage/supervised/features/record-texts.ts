import { type Column, valueAt } from "../../../columns/index.ts";
import type { FieldKind } from "../../../records/index.ts";
import type { PairedRecords } from "./paired-records.ts";

/** Text beyond this is not looked at. */
const charactersMax = 10_000;

/** The texts of a column, one a row, lists joined; null where a row has none. */
export function columnTexts(column: Column, rowCount: number): (string | null)[] {
  return Array.from({ length: rowCount }, (_, row) => {
    const value = valueAt(column, row);
    if (value === null) return null;
    const text = typeof value === "object" ? value.join(" ") : String(value);
    return text.slice(0, charactersMax);
  });
}

const wordless: ReadonlySet<FieldKind> = new Set(["number", "date", "coordinates", "embedding", "level"]);

/** All that a record says in words, one text a row, whichever column says it; null where it says nothing. */
export function recordTexts({ records, fields }: PairedRecords): (string | null)[] {
  const columns = fields.flatMap(({ field, shared }, place) =>
    wordless.has(field.kind) || (field.kind === "identifier" && !shared)
      ? []
      : [columnTexts(records.columns[place] as Column, records.rowCount)],
  );
  return Array.from({ length: records.rowCount }, (_, row) => {
    const texts = columns.flatMap((column) => column[row] ?? []);
    return texts.length === 0 ? null : texts.join(" ");
  });
}
