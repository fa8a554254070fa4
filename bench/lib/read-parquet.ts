import { DuckDBInstance } from "@duckdb/node-api";

/** All rows of a small Parquet file. */
export async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll("SELECT * FROM read_parquet($path)", { path });
  return reader.getRowObjectsJS();
}
