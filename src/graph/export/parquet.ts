import { DuckDBInstance } from "@duckdb/node-api";
import type { ExportColumn } from "./csv.ts";

const sqlTypes = { text: "VARCHAR", texts: "VARCHAR", integer: "BIGINT", number: "DOUBLE" } as const;

/** Turns a CSV file of known columns into a Parquet file. */
export async function csvToParquet(csv: string, parquet: string, columns: readonly ExportColumn[]): Promise<void> {
  const types = columns.map((column) => `${literal(column.name)}: ${literal(sqlTypes[column.type])}`).join(", ");
  const picked = columns.map((column) =>
    column.type === "texts"
      ? `CAST(from_json(${name(column.name)}, '["VARCHAR"]') AS VARCHAR[]) AS ${name(column.name)}`
      : name(column.name),
  );
  const read = `read_csv(${literal(csv)}, header = true, delim = ',', quote = '"', escape = '"', columns = {${types}},
    nullstr = '', allow_quoted_nulls = false, auto_detect = false, max_line_size = ${maxLineBytes}, parallel = false)`;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(
      `COPY (SELECT ${picked.join(", ")} FROM ${read}) TO ${literal(parquet)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Longer than any text literal of the graph, escapes included. */
const maxLineBytes = 4 * 1024 * 1024;

/** COPY takes no parameters, so texts are quoted as SQL wants it: the quote sign doubled, nothing else is special. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function name(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}
