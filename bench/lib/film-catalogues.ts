import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { TableBuilder, type Value } from "../../src/columns/index.ts";
import type { FieldProfile } from "../../src/linkage/index.ts";
import { columnKindOf, type Field, type RecordBatch } from "../../src/records/index.ts";

/** The folder of real data: `KINDRED_DATA`, or beside the repository. */
export const dataFolder = process.env.KINDRED_DATA ?? join(import.meta.dirname, "../../../shared/data");

/** The fields of the film catalogues, as a reader would infer them. Truth columns are not among them. */
export const filmFields: readonly Field[] = [
  { name: "kind", kind: "level", list: false },
  { name: "title", kind: "title", list: false },
  { name: "year", kind: "year", list: false },
  { name: "directors", kind: "personList", list: true },
  { name: "cast", kind: "personList", list: true },
  { name: "genres", kind: "category", list: true },
  { name: "runtime", kind: "number", list: false },
  { name: "countries", kind: "category", list: true },
  { name: "language", kind: "category", list: false },
  { name: "rating", kind: "category", list: false },
  { name: "description", kind: "text", list: false },
];

/** Rows of a CSV file as text by column name. */
export function readRows(path: string): Record<string, string>[] {
  return parse(readFileSync(join(dataFolder, path)), { columns: true, bom: true, relax_quotes: true }) as Record<
    string,
    string
  >[];
}

const levelByKind: Readonly<Record<string, string>> = { movie: "film", series: "series" };

function cellValue(field: Field, text: string | undefined): Value {
  if (text === undefined || text === "") return null;
  if (field.kind === "level") return levelByKind[text] ?? null;
  if (field.list) return text.split("|");
  if (columnKindOf(field) === "number") return Number.isNaN(Number(text)) ? null : Number(text);
  return text;
}

/** One catalogue as record batches of at most `batchRows` rows. */
export function readCatalogue(source: string, batchRows = 10_000): RecordBatch[] {
  const rows = readRows(`movies/${source}.csv`);
  const batches: RecordBatch[] = [];
  for (let firstRow = 0; firstRow < rows.length; firstRow += batchRows) {
    const builder = new TableBuilder([
      { name: "id", kind: "text" },
      ...filmFields.map((field) => ({ name: field.name, kind: columnKindOf(field) })),
    ]);
    for (const row of rows.slice(firstRow, firstRow + batchRows)) {
      builder.append([row.id ?? null, ...filmFields.map((field) => cellValue(field, row[field.name]))]);
    }
    batches.push({ source, entityType: "work", firstRow, fields: filmFields, table: builder.build() });
  }
  return batches;
}

/** The fields with their fill in each source. */
export function profileOf(
  batchesBySource: ReadonlyMap<string, readonly RecordBatch[]>,
  fields: readonly Field[],
): FieldProfile[] {
  return fields.map((field) => {
    const fillBySource = Object.fromEntries(
      [...batchesBySource].map(([source, batches]) => {
        const total = batches.reduce((sum, batch) => sum + batch.table.rowCount, 0);
        return [source, batches.reduce((sum, batch) => sum + filledRows(batch, field), 0) / Math.max(total, 1)];
      }),
    );
    return { ...field, fillBySource };
  });
}

function filledRows(batch: RecordBatch, field: Field): number {
  const column = batch.table.columns.find((one) => one.name === field.name);
  if (column === undefined) return 0;
  if (column.kind === "number") return column.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  if (column.kind === "text") return column.ids.reduce((sum, id) => sum + (id < 0 ? 0 : 1), 0);
  let filled = 0;
  for (let row = 0; row < batch.table.rowCount; row++)
    if ((column.offsets[row + 1] as number) > (column.offsets[row] as number)) filled++;
  return filled;
}
