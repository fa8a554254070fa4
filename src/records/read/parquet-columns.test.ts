import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wholeNumbers } from "../../base/index.ts";
import { flattenElement, GrowingColumns } from "./json-row.ts";
import { parquetBlocks } from "./parquet-blocks.ts";
import { openParquetColumns, type ParquetGroup } from "./parquet-columns.ts";
import { rawValueAt } from "./raw-columns.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-parquet-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const plain = `
  i AS small, i * 4503599627370 AS large, -i AS below, (i % 200)::UTINYINT AS tiny,
  i / 7.0::DOUBLE AS ratio, (i / 10.0)::FLOAT AS single, i % 2 = 0 AS flag,
  CASE WHEN i % 5 = 0 THEN NULL ELSE 'Amélie 千 🎬 ' || i END AS text, 'same' AS same, '' AS nothing,
  CASE WHEN i % 7 = 0 THEN NULL WHEN i % 7 = 1 THEN [] ELSE ['a', NULL, 'b' || (i % 3)] END AS list`;

async function write(name: string, select: string, options: string): Promise<string> {
  const path = join(directory, name);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (SELECT ${select} FROM range(0, 5000) t(i)) TO '${path}' (FORMAT parquet ${options})`);
  return path;
}

/** Rows as records are made from them: no value and an empty list are the same. */
function rowOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const plain = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? null : value);
  return Object.fromEntries(names.map((name, at) => [name, plain(values[at])]));
}

async function rowsByDuckDb(path: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  const columns = new GrowingColumns();
  for await (const block of parquetBlocks(path))
    for (let i = 0; i < block.rowCount; i++) {
      const values = flattenElement(block.row(i), columns);
      rows.push(rowOf(columns.names, values));
    }
  return rows;
}

async function rowsByColumns(groups: AsyncGenerator<ParquetGroup> | undefined): Promise<unknown[]> {
  const rows: unknown[] = [];
  if (groups === undefined) throw new Error("not read by columns");
  for await (const { rowCount, columns } of groups)
    for (let i = 0; i < rowCount; i++)
      rows.push(
        rowOf(
          [...columns.keys()],
          [...columns.values()].map((column) => rawValueAt(column, i)),
        ),
      );
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
    const rows = await rowsByColumns(await openParquetColumns(path, all));
    expect(rows).toHaveLength(5_000);
    expect(rows).toEqual(await rowsByDuckDb(path));
  });

  test.each(["", ", ROW_GROUP_SIZE 2048", ", COMPRESSION uncompressed, PARQUET_VERSION V2"])(
    "gives a sample the rows that it picks as they are in full (%s)",
    async (options) => {
      const path = await write(`sample${options.replaceAll(/\W/g, "")}.parquet`, plain, options);
      const full = await rowsByColumns(await openParquetColumns(path, all));
      const picked = (row: number): boolean => row < 50 || row % 37 === 0;
      const groups = await openParquetColumns(path, all, (count) => wholeNumbers(count).filter(picked));
      let first = 0;
      for await (const { rowCount, columns } of groups as AsyncGenerator<ParquetGroup>) {
        for (let i = 0; i < rowCount; i++) {
          if (!picked(i)) continue;
          const values = [...columns.values()].map((column) => rawValueAt(column, i));
          expect(rowOf([...columns.keys()], values)).toEqual(full[first + i]);
        }
        first += rowCount;
      }
      expect(first).toBe(5_000);
    },
  );

  test("reads only the wanted columns, in the order of the file", async () => {
    const path = await write("wanted.parquet", plain, "");
    const columns = await openParquetColumns(path, (name) => ["text", "small"].includes(name));
    expect((await rowsByColumns(columns))[1]).toEqual({ small: 1, text: "Amélie 千 🎬 1" });
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
    "[i] AS numbers",
    "[{'name': 'x'}] AS objects",
  ])("leaves to DuckDB what only it reads to the letter: %s", async (select) => {
    const path = await write("other.parquet", select, "");
    expect(await openParquetColumns(path, all)).toBeUndefined();
  });

  test("reads bytes that are no UTF-8 as text with a mark in their place, equal texts as one", async () => {
    const select = "CASE WHEN i % 2 = 0 THEN 'Amélie' ELSE 'Zoë' END AS text";
    const path = await write("broken.parquet", select, ", COMPRESSION uncompressed");
    const bytes = await readFile(path);
    const broken = join(directory, "broken-text.parquet");
    await writeFile(broken, Buffer.from(bytes.toString("latin1").replaceAll("\u00c3\u00a9", "\u00c3("), "latin1"));
    const rows = await rowsByColumns(await openParquetColumns(broken, all));
    expect(rows.slice(0, 3)).toEqual([{ text: "Am\ufffd(lie" }, { text: "Zoë" }, { text: "Am\ufffd(lie" }]);
  });

  test("says of a torn file that it is no whole Parquet file", async () => {
    const bytes = await readFile(await write("whole.parquet", plain, ""));
    const torn = join(directory, "torn.parquet");
    await writeFile(torn, bytes.subarray(0, bytes.length - 100));
    await expect(openParquetColumns(torn, all)).rejects.toThrow(/cannot be read as Parquet/);
    await writeFile(torn, Buffer.concat([Buffer.from("PAR1"), bytes.subarray(bytes.length - 3_000)]));
    const opened = openParquetColumns(torn, all).then(rowsByColumns);
    await expect(opened).rejects.toThrow(/cannot be read as Parquet/);
  });
});
