import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { kindred, madeCatalogues, withFolder, writeFiles } from "./kindred-process.ts";

type Row = Record<string, string>;

async function rowsOf(path: string): Promise<Row[]> {
  return parse(await readFile(path, "utf8"), { columns: true });
}

async function linked(
  folder: string,
  ...options: string[]
): Promise<{ matches: Row[]; entities: Row[]; text: string }> {
  const ended = await kindred(folder, "link", "a.csv", "b.csv", "--out", "out", ...options);
  expect([ended.exitCode, ended.stderr.includes("kindred:")]).toEqual([0, false]);
  const path = (name: string): string => join(folder, "out", name);
  return {
    matches: await rowsOf(path("matches.csv")),
    entities: await rowsOf(path("entities.csv")),
    text: await readFile(path("matches.csv"), "utf8"),
  };
}

const { left, right } = madeCatalogues(400);

describe("the result of a linkage", () => {
  test("has exactly the columns of the contract, weights that are the log2 odds, and every record once", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": left, "b.csv": right });
      const { matches, entities, text } = await linked(folder);
      expect(text.split("\n")[0]).toBe("left_source,left_id,right_source,right_id,probability,weight");
      expect([text.includes("\r"), text.charCodeAt(0) === 0xfeff, text.endsWith("\n")]).toEqual([false, false, true]);
      expect(matches.length).toBeGreaterThan(200);
      for (const { left_source, right_source, probability, weight } of matches) {
        expect([left_source, right_source]).toEqual(["a", "b"]);
        const odds = 2 ** Number(weight);
        expect(Number(probability)).toBeCloseTo(odds / (1 + odds), 8);
        expect(Number(probability)).toBeGreaterThanOrEqual(0.5);
      }
      expect(Object.keys(entities[0] as Row)).toEqual(["entity_id", "source", "id"]);
      const records = entities.map((row) => `${row.source}/${row.id}`);
      expect(new Set(records).size).toBe(records.length);
      expect(records.length).toBe(left.split("\n").length + right.split("\n").length - 4);
      const entityOf = new Map(entities.map((row) => [`${row.source}/${row.id}`, row.entity_id]));
      for (const row of matches) expect(entityOf.get(`a/${row.left_id}`)).toBe(entityOf.get(`b/${row.right_id}`));
    });
  });

  test("keeps ids byte for byte, and quotes what must be quoted", async () => {
    await withFolder(async (folder) => {
      const rows = ["007", "a,b", 'say ""hi""', "two\nlines", " padded "].map(
        (id, i) => `"${id}",The Golden River ${i},${1990 + i}`,
      );
      await writeFiles(folder, {
        "a.csv": `id,title,year\n${rows.join("\n")}\n`,
        "b.csv": `id,title,year\nx,The Golden River 0,1990\n`,
      });
      const { entities } = await linked(folder);
      const ids = entities.filter((row) => row.source === "a").map((row) => row.id);
      expect(ids.sort()).toEqual(["007", "a,b", 'say "hi"', "two\nlines", " padded "].sort());
    });
  });

  test("names the source that was named first on the left, and odd ids in matches too", async () => {
    await withFolder(async (folder) => {
      const odd = (text: string): string => text.replace(/^([lr])(\d+),/gm, '"00$2, ""$1""",');
      await writeFiles(folder, { "a.csv": odd(left), "b.csv": odd(right) });
      expect((await kindred(folder, "link", "b.csv", "a.csv", "--out", "out")).exitCode).toBe(0);
      const matches = await rowsOf(join(folder, "out/matches.csv"));
      expect(matches.length).toBeGreaterThan(200);
      for (const row of matches) {
        expect([row.left_source, row.right_source]).toEqual(["b", "a"]);
        expect([row.left_id, row.right_id]).toEqual([
          expect.stringMatching(/^00\d+, "r"$/),
          expect.stringMatching(/^00\d+, "l"$/),
        ]);
      }
    });
  });

  test("is told as one JSON document on standard output with --json", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": left, "b.csv": right });
      const ended = await kindred(folder, "link", "a.csv", "b.csv", "--out", "out", "--json");
      const told = JSON.parse(ended.stdout) as { out: string; counts: { matches: number } };
      expect(told.out).toBe(join(folder, "out"));
      expect(told.counts.matches).toBe((await rowsOf(join(folder, "out/matches.csv"))).length);
    });
  });

  test("has a header even when nothing matches", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": "id,title,year\n1,Alpha,1950\n", "b.csv": "id,title,year\n2,Omega,2001\n" });
      const { matches, text } = await linked(folder);
      expect([matches.length, text]).toEqual([0, "left_source,left_id,right_source,right_id,probability,weight\n"]);
    });
  });

  test("is one to one in both files when asked", async () => {
    await withFolder(async (folder) => {
      // Every film of the right catalogue stands in it twice.
      const doubled = right
        .split("\n")
        .slice(1)
        .filter(Boolean)
        .map((line) => `dup-${line}`);
      await writeFiles(folder, { "a.csv": left, "b.csv": `${right}${doubled.join("\n")}\n` });
      const { matches, entities } = await linked(folder, "--one-to-one");
      for (const side of ["left_id", "right_id"])
        expect(new Set(matches.map((row) => row[side])).size).toBe(matches.length);
      const held = entities.map((row) => `${row.entity_id}/${row.source}`);
      expect(new Set(held).size).toBe(held.length);
    });
  });

  test("does not look at ignored columns, nor at ids", async () => {
    await withFolder(async (folder) => {
      const rows = (prefix: string): string =>
        Array.from(
          { length: 40 },
          (_, i) => `same-${i},${prefix} ${i * 7} film ${i},${1950 + ((i * 13) % 60)},secret-${i}`,
        ).join("\n");
      await writeFiles(folder, {
        "a.csv": `id,title,year,code\n${rows("Alpha")}\n`,
        "b.csv": `id,title,year,code\n${rows("Omega")}\n`,
      });
      const { matches } = await linked(folder, "--ignore", "code");
      expect(matches).toEqual([]);
    });
  });

  test("replaces what an earlier run wrote, whole, with Parquet beside the CSV when asked", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": left, "b.csv": right });
      const first = await linked(folder);
      await writeFiles(folder, { "out/stale.txt": "old" });
      const second = await linked(folder, "--format", "parquet");
      expect(second.text).toBe(first.text);
      expect((await readdir(folder)).sort()).toEqual([".kindred", "a.csv", "b.csv", "out"]);
      expect(await readdir(join(folder, "out"))).not.toContain("stale.txt");
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      const read = await connection.runAndReadAll(
        `select count(*)::int, min(left_id), avg(weight) > 0 from '${join(folder, "out/matches.parquet")}'`,
      );
      expect(read.getRows()[0]?.slice(0, 1)).toEqual([second.matches.length]);
    });
  });
});

describe("odd input is linked all the same:", () => {
  const cases: Readonly<Record<string, readonly [a: string, b: string]>> = {
    "a field that is empty everywhere": [
      "id,title,year,genre\n1,Alpha Song,1950,\n2,Beta Song,1960,\n",
      "id,title,year,genre\n3,Alpha Song,1950,\n",
    ],
    "all records in one block": [
      `id,title,year\n${Array.from({ length: 900 }, (_, i) => `${i},Mother,${1900 + (i % 100)}`).join("\n")}\n`,
      `id,title,year\n${Array.from({ length: 900 }, (_, i) => `x${i},Mother,${1900 + (i % 100)}`).join("\n")}\n`,
    ],
    "no field in common": ["id,title,year\n1,Alpha,1950\n", "id,colour\n1,red\n2,blue\n"],
    "a title of 2 MB": [
      `id,title,year\n1,${"long ".repeat(400_000)},1950\n2,Short,1951\n`,
      "id,title,year\n3,Short,1951\n",
    ],
    "NaN and infinite numbers": [
      "id,title,year,runtime\n1,Alpha Song,1950,NaN\n2,Beta Song,1960,Infinity\n",
      "id,title,year,runtime\n3,Alpha Song,NaN,90\n4,Beta Song,1960,1e400\n",
    ],
    "a single record on each side": ["id,title,year\n1,Alpha Song,1950\n", "id,title,year\n1,Alpha Song,1950\n"],
  };
  test.for(Object.entries(cases))("%s", async ([, [a, b]]) => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": a, "b.csv": b });
      const { entities } = await linked(folder);
      expect(entities.length).toBeGreaterThan(1);
    });
  });

  test("one source alone is looked through for duplicates", async () => {
    await withFolder(async (folder) => {
      const lines = left.split("\n").filter(Boolean);
      await writeFiles(folder, {
        "a.csv": `${lines.join("\n")}\n${lines
          .slice(1, 60)
          .map((line) => `again-${line}`)
          .join("\n")}\n`,
      });
      expect((await kindred(folder, "link", "a.csv", "--out", "out")).exitCode).toBe(0);
      const matches = await rowsOf(join(folder, "out/matches.csv"));
      expect(matches.length).toBeGreaterThan(40);
      expect(matches.every((row) => row.left_source === "a" && row.right_source === "a")).toBe(true);
    });
  });
});
