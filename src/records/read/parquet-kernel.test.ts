import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom, wholeNumbers } from "../../base/index.ts";
import { ColumnKernel } from "../../columns/index.ts";
import { openParquetColumns } from "./parquet-columns.ts";
import type { RawColumn } from "./raw-columns.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-columns-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const seeds = fc.integer({ min: 1, max: 1e9 });
const columns = `
  CASE WHEN i % 5 = 0 THEN NULL ELSE 'Amélie 千 🎬 ' || (i % 700) END AS text, repeat('x', (i % 90)::INT) || i AS long,
  'same' AS same, '' AS nothing, i AS large, (i % 200)::INTEGER AS small, NULL::VARCHAR AS none,
  CASE WHEN i % 7 = 0 THEN NULL WHEN i % 7 = 1 THEN [] ELSE ['a', NULL, 'b' || (i % 300), ''] END AS list`;

async function write(name: string, options: string): Promise<string> {
  const path = join(directory, name);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (SELECT ${columns} FROM range(0, 2500) t(i)) TO '${path}' (FORMAT parquet ${options})`);
  return path;
}

/** All that a reader says of a file, or that it is none. */
async function readBy(path: string, open: typeof ColumnKernel.open, isSample: boolean): Promise<unknown> {
  const pick = (count: number): Int32Array => wholeNumbers(count).filter((row) => row % 11 < 2);
  const groups: unknown[] = [];
  try {
    for await (const group of (await openParquetColumns(path, () => true, isSample ? pick : undefined, open)) ?? [])
      groups.push([...group.columns].map(([name, column]) => [name, plainOf(column)]));
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return groups;
}

/** Its arrays as text, which is compared in no time. */
function plainOf(column: RawColumn): unknown {
  const textOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
    Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  if (column.kind === "values") return column.values;
  const texts = "texts" in column ? column.texts.utf8() : undefined;
  return [
    column.kind,
    textOf("numbers" in column ? column.numbers : column.values),
    column.kind === "lists" && textOf(column.offsets),
    texts && [textOf(texts.bytes), textOf(texts.offsets)],
  ];
}

const none = (): undefined => undefined;

describe("the kernel reads", () => {
  test.each(["", ", ROW_GROUP_SIZE 2048", ", COMPRESSION zstd", ", COMPRESSION uncompressed, PARQUET_VERSION V2"])(
    "of Parquet what TypeScript reads, number by number (%s)",
    async (options) => {
      const path = await write(`same${options.replaceAll(/\W/g, "")}.parquet`, options);
      for (const isSample of [false, true])
        expect(await readBy(path, ColumnKernel.open, isSample)).toEqual(await readBy(path, none, isSample));
    },
  );

  test.each(["", ", COMPRESSION uncompressed, PARQUET_VERSION V2"])(
    "of a damaged file what TypeScript reads, or refuses it as TypeScript does (%s)",
    async (options) => {
      const whole = await readFile(await write(`whole${options.replaceAll(/\W/g, "")}.parquet`, options));
      const dataEnd = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
      const path = join(directory, "damaged.parquet");
      await fc.assert(
        fc.asyncProperty(seeds, fc.boolean(), async (seed, isSample) => {
          const random = seededRandom(seed);
          const damaged = Buffer.from(whole);
          for (let i = 1 + random.integer(3); i > 0; i--)
            damaged[4 + random.integer(dataEnd - 4)] = random.integer(256);
          await writeFile(path, damaged);
          expect(await readBy(path, ColumnKernel.open, isSample)).toEqual(await readBy(path, none, isSample));
        }),
        { seed: 61, numRuns: 40 },
      );
    },
  );
});
