import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromJSON, tableToIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { kindred, madeCatalogues, resultBytes, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

const { left, right } = madeCatalogues(250);
const records = parse(right, { columns: true }) as Record<string, string>[];

let whole: Record<string, string>;
beforeAll(async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "a.csv": left, "b.csv": right });
    await kindred(folder, "link", "a.csv", "b.csv", "--out", "out");
    whole = await resultBytes(join(folder, "out"));
  });
});

const withDelimiter = (delimiter: string): string =>
  [Object.keys(records[0] as object), ...records.map((record) => Object.values(record))]
    .map((row) => row.join(delimiter))
    .join("\r\n");

const formats: Readonly<Record<string, () => string | Buffer | Uint8Array>> = {
  "b.tsv": () => withDelimiter("\t"),
  "b-semicolon.csv": () => `\uFEFF${withDelimiter(";")}`,
  "b.json": () => JSON.stringify(records),
  "b.jsonl": () => records.map((record) => JSON.stringify(record)).join("\n"),
  "b.csv.gz": () => gzipSync(right),
  "b.csv.zst": () => zstdCompressSync(right),
  "b.arrow": () => tableToIPC(tableFromJSON(records), "file"),
  "b-utf16.csv": () => Buffer.from(`\uFEFF${right}`, "utf16le"),
};

describe("the same records give the same bytes, whatever file they come in:", () => {
  test.for(Object.entries(formats))("%s", { timeout: 60_000 }, async ([name, content]) => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": left, [name]: Buffer.from(content()) });
      const ended = await kindred(folder, "link", "a.csv", `b=${name}`, "--out", "out");
      expect([ended.exitCode, await resultBytes(join(folder, "out"))]).toEqual([0, whole]);
    });
  });

  test("b.parquet", { timeout: 60_000 }, async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": left, "b.json": JSON.stringify(records) });
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      await connection.run(
        `copy (select * from read_json('${join(folder, "b.json")}')) to '${join(folder, "b.parquet")}' (format parquet)`,
      );
      const ended = await kindred(folder, "link", "a.csv", "b=b.parquet", "--out", "out");
      expect([ended.exitCode, await resultBytes(join(folder, "out"))]).toEqual([0, whole]);
    });
  });

  test("standard input", { timeout: 60_000 }, async () => {
    await withFolder(async (folder) => {
      await writeFile(join(folder, "a.csv"), left);
      const ended = await startKindred(folder, ["link", "a.csv", "b=-", "--out", "out"], right).ended;
      expect([ended.exitCode, await resultBytes(join(folder, "out"))]).toEqual([0, whole]);
    });
  });
});
