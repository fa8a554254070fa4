import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { buildGraph } from "../build/build-graph.ts";
import type { GraphInput } from "../build/graph-input.ts";
import { filmBatch, hitchcockInput, inputOf, newFolder } from "../fixture.ts";
import { findEntity } from "../query/find-entity.ts";
import { openGraph } from "../store/open-graph.ts";
import { publishGraph } from "../store/publish-graph.ts";
import { exportGraph } from "./export-graph.ts";

async function publish(input: GraphInput, folder: string): Promise<string> {
  const staged = join(folder, "staged");
  await buildGraph(input, staged);
  return publishGraph(staged, join(folder, "graph"));
}

const small = inputOf([filmBatch("a", [{ id: "1", title: "One" }])]);
const other = inputOf([filmBatch("a", [{ id: "1", title: "Two" }])]);
const third = inputOf([filmBatch("a", [{ id: "1", title: "Three" }])]);

describe("publishGraph", () => {
  test("the new graph counts at once, one version before it stays, and an open graph goes on answering", async () => {
    const folder = newFolder();
    await publish(small, folder);
    const held = await openGraph(join(folder, "graph"));
    await publish(other, folder);
    await publish(third, folder);
    expect(findEntity(await openGraph(join(folder, "graph")), "Three")).toMatch(/^film:/);
    expect(findEntity(held, "One")).toMatch(/^film:/);
    expect(readdirSync(join(folder, "graph", "versions"))).toHaveLength(2);
  });

  test("the same graph twice is one version, and nothing staged stays behind", async () => {
    const folder = newFolder();
    expect(await publish(small, folder)).toBe(await publish(small, folder));
    expect(readdirSync(folder)).toEqual(["graph"]);
  });

  test("a folder with files of others is refused and left alone", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "graph"));
    writeFileSync(join(folder, "graph", "mine.txt"), "mine");
    await expect(publish(small, folder)).rejects.toMatchObject({ code: "output-refused" });
    expect(readdirSync(join(folder, "graph"))).toEqual(["mine.txt"]);
  });
});

describe("openGraph", () => {
  test("no graph, a torn file and another format are told apart", async () => {
    const folder = newFolder();
    await expect(openGraph(folder)).rejects.toMatchObject({ code: "not-found" });
    await buildGraph(small, folder);
    truncateSync(join(folder, "claims.arrow"), 100);
    await expect(openGraph(folder)).rejects.toMatchObject({ code: "artifact-damaged" });
    const manifest = JSON.parse(readFileSync(join(folder, "graph.json"), "utf8")) as object;
    writeFileSync(join(folder, "graph.json"), JSON.stringify({ ...manifest, formatVersion: 99 }));
    await expect(openGraph(folder)).rejects.toThrow(/a graph of format 99; expected a graph of format 1/);
  });
});

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql);
  const found = reader.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return found as Record<string, unknown>[];
}

describe("exportGraph", () => {
  test("Parquet tables are read by SQL without the graph, from a folder with a quote in its name", async () => {
    const folder = newFolder();
    await publish(hitchcockInput(), folder);
    const out = join(folder, "it's out");
    const { rowsByFile } = await exportGraph(join(folder, "graph"), { format: "parquet", out });
    const at = out.replaceAll("'", "''");
    const found = await rows(
      `SELECT subject_label, object_label FROM '${at}/claims.parquet' WHERE relation = 'directed' AND object_type = 'film' ORDER BY ALL`,
    );
    expect(found).toContainEqual({ subject_label: "Alfred Hitchcock", object_label: "Rear Window" });
    const [counts] = await rows(
      `SELECT count(*)::INTEGER AS n, max(year)::INTEGER AS latest FROM '${at}/entities.parquet'`,
    );
    expect(counts).toEqual({ n: rowsByFile["entities.parquet"], latest: 1999 });
    const [names] = await rows(
      `SELECT alternative_labels FROM '${at}/entities.parquet' WHERE id = 'country:united-states'`,
    );
    expect(names).toEqual({ alternative_labels: ["USA"] });
    expect(readdirSync(out).sort()).toEqual([".kindred-output.json", ...Object.keys(rowsByFile).sort()]);
  });

  test("hostile labels and texts survive CSV and Parquet", async () => {
    const title = 'Say "Hi", \\N\nOK 🎬';
    const folder = newFolder();
    await publish(inputOf([filmBatch("a", [{ id: "007", title, description: 'x,\r\n"y"'.repeat(2_000) }])]), folder);
    for (const format of ["csv", "parquet"] as const) {
      const out = join(folder, format);
      await exportGraph(join(folder, "graph"), { format, out });
      const file =
        format === "csv" ? `read_csv('${out}/entities.csv', all_varchar = true)` : `'${out}/entities.parquet'`;
      expect(await rows(`SELECT label FROM ${file}`)).toEqual([{ label: title }]);
      const members =
        format === "csv" ? `read_csv('${out}/members.csv', all_varchar = true)` : `'${out}/members.parquet'`;
      expect(await rows(`SELECT id FROM ${members}`)).toEqual([{ id: "007" }]);
    }
    const [text] = await rows(`SELECT length(value_text)::INTEGER AS n FROM '${folder}/parquet/claims.parquet'`);
    expect(text).toEqual({ n: 14_000 });
  });

  test("an empty graph has tables with headers", async () => {
    const folder = newFolder();
    await publish(inputOf([]), folder);
    const { rowsByFile } = await exportGraph(join(folder, "graph"), { format: "csv", out: join(folder, "out") });
    expect(Object.values(rowsByFile)).toEqual([0, 0, 0, 0, 0]);
    expect(readFileSync(join(folder, "out", "members.csv"), "utf8")).toBe("entity_id,source,id\n");
  });
});
