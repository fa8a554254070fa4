import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parquetBlocks } from "./parquet-blocks.ts";
import { openParquetColumns, type ParquetColumns } from "./parquet-columns.ts";
import type { RowBlock } from "./row-block.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-parquet-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const plain = `
  i AS small, i * 4503599627370 AS large, -i AS below, (i % 200)::UTINYINT AS tiny,
  i / 7.0::DOUBLE AS ratio, (i / 10.0)::FLOAT AS single, i % 2 = 0 AS flag,
  CASE WHEN i % 5 = 0 THEN NULL ELSE 'Amélie 千 🎬 ' || i END AS text, 'same' AS same, '' AS nothing,
  CASE WHEN i % 7 = 0 THEN NULL WHEN i % 7 = 1 THEN [] ELSE ['a', NULL, 'b' || (i % 3)] END AS list,
  CASE WHEN i % 3 = 0 THEN NULL ELSE [i::BIGINT, 9007199254740993] END AS numbers`;

async function write(name: string, select: string, options: string): Promise<string> {
  const path = join(directory, name);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (SELECT ${select} FROM range(0, 5000) t(i)) TO '${path}' (FORMAT parquet ${options})`);
  return path;
}

async function rowsOf(blocks: AsyncGenerator<RowBlock>): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const block of blocks) for (let i = 0; i < block.rowCount; i++) rows.push(block.row(i));
  return rows;
}

const all = (): boolean => true;

describe("Parquet by columns", () => {
  test.each([
    "",
    ", COMPRESSION zstd, ROW_GROUP_SIZE 2048",
    ", COMPRESSION gzip",
    ", COMPRESSION lz4_raw",
    ", COMPRESSION brotli",
    ", COMPRESSION uncompressed, PARQUET_VERSION V2, ROW_GROUP_SIZE 4096",
  ])("gives the rows that DuckDB gives (%s)", async (options) => {
    const path = await write(`plain${options.replaceAll(/\W/g, "")}.parquet`, plain, options);
    const columns = (await openParquetColumns(path, all)) as ParquetColumns;
    expect(columns).toBeDefined();
    const rows = await rowsOf(columns.blocks());
    expect(rows).toHaveLength(5_000);
    expect(rows).toEqual(await rowsOf(parquetBlocks(path)));
  });

  test("reads only the wanted columns, in the order of the file", async () => {
    const path = await write("wanted.parquet", plain, "");
    const columns = (await openParquetColumns(path, (name) => ["text", "small"].includes(name))) as ParquetColumns;
    expect((await rowsOf(columns.blocks()))[1]).toEqual({ small: 1, text: "Amélie 千 🎬 1" });
  });

  test.each([
    "i::DECIMAL(18, 3) AS price",
    "DATE '2020-01-01' + i::INTEGER AS day",
    "TIMESTAMP '2020-01-01' AS at",
    "{'a': i} AS nested",
    "MAP {'a': i} AS map",
    "uuid() AS uuid",
    "'x'::BLOB AS bytes",
    "TIME '10:00:00' AS time",
    "[[i]] AS lists",
    "[{'name': 'x'}] AS objects",
  ])("leaves to DuckDB what only it reads to the letter: %s", async (select) => {
    const path = await write("other.parquet", select, "");
    expect(await openParquetColumns(path, all)).toBeUndefined();
  });

  test("says of a torn file that it is no whole Parquet file", async () => {
    const bytes = await readFile(await write("whole.parquet", plain, ""));
    const torn = join(directory, "torn.parquet");
    await writeFile(torn, bytes.subarray(0, bytes.length - 100));
    await expect(openParquetColumns(torn, all)).rejects.toThrow(/cannot be read as Parquet/);
    await writeFile(torn, Buffer.concat([Buffer.from("PAR1"), bytes.subarray(bytes.length - 3_000)]));
    const columns = await openParquetColumns(torn, all).catch(() => undefined);
    if (columns) await expect(rowsOf(columns.blocks())).rejects.toThrow(/cannot be read as Parquet/);
  });
});
