import type { DuckDBValue } from "@duckdb/node-api";
import { plainInteger, plainSingle, type RowBlock, unreadable } from "./row-block.ts";

/** The rows of a Parquet file in blocks of 2,048, read by DuckDB on one thread with bounded memory. */
export async function* parquetBlocks(file: string): AsyncGenerator<RowBlock> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "512MB" });
  const connection = await instance.connect();
  try {
    const result = await connection.stream(`SELECT * FROM read_parquet('${file.replaceAll("'", "''")}')`);
    const names = result.columnNames();
    const single = result.columnTypes().map((type) => String(type) === "FLOAT");
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      const { rowCount } = chunk;
      yield {
        rowCount,
        row: (i) => {
          const values = chunk.getRowValues(i);
          const plain = (value: DuckDBValue, at: number): unknown =>
            single[at] && typeof value === "number" ? plainSingle(value) : plainValue(value);
          return Object.fromEntries(names.map((name, at) => [name, plain(values[at] as DuckDBValue, at)]));
        },
      };
    }
  } catch (error) {
    throw unreadable(file, "Parquet", error);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A value as JSON would hold it; dates, times, decimals and ids as their text. */
function plainValue(value: DuckDBValue): unknown {
  if (typeof value === "bigint") return plainInteger(value);
  if (value === null || typeof value !== "object") return value;
  if ("items" in value) return value.items.map(plainValue);
  if ("bytes" in value) return Buffer.from(value.bytes as Uint8Array).toString("utf8");
  if ("entries" in value) return plainEntries(value.entries);
  return String(value);
}

function plainEntries(entries: unknown): unknown {
  if (Array.isArray(entries)) {
    return Object.fromEntries(entries.map(({ key, value }) => [String(plainValue(key)), plainValue(value)]));
  }
  return Object.fromEntries(
    Object.entries(entries as Record<string, DuckDBValue>).map(([key, value]) => [key, plainValue(value)]),
  );
}
