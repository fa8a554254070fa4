import { type Table, TableBuilder } from "../../columns/index.ts";
import { columnKindOf, type Field, idColumn } from "../../records/index.ts";
import type { PlainRecord } from "./read-records.ts";

/** Two records as a table of the given fields, left then right. */
export function pairTable(pair: readonly PlainRecord[], fields: readonly Field[]): Table {
  const builder = new TableBuilder([
    { name: idColumn, kind: "text" },
    ...fields.map((field) => ({ name: field.name, kind: columnKindOf(field) })),
  ]);
  for (const record of pair) builder.append([record.id, ...fields.map((field) => record.values[field.name] ?? null)]);
  return builder.build();
}
