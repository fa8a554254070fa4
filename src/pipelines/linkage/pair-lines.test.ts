import { readFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { type Table, TableBuilder } from "../../columns/index.ts";
import { inFolderOf } from "../fixtures/catalogues.ts";
import { csvLine } from "./csv.ts";
import { pairLines } from "./pair-lines.ts";
import { matchHeader, reviewHeader } from "./result-files.ts";

type Row = readonly [
  leftSource: string,
  leftId: string,
  rightSource: string,
  rightId: string,
  weight: number,
  rule: number,
  outcome: string,
  reason: string,
];

function pairs(...rows: readonly Row[]): Table {
  const text = (name: string) => ({ name, kind: "text" as const });
  const number = (name: string) => ({ name, kind: "number" as const });
  const builder = new TableBuilder([
    text("left_source"),
    text("left_id"),
    text("right_source"),
    text("right_id"),
    number("weight"),
    number("rule"),
    text("outcome"),
    text("reason"),
  ]);
  for (const row of rows) builder.append([...row]);
  return builder.build();
}

const declared = new Set(["a", "b"]);

/** The files as they are published: lines behind their header. */
function filesOf(...rows: readonly Row[]) {
  const { matches, review, ...counts } = pairLines(pairs(...rows), declared);
  const fileOf = (header: readonly string[], lines: Uint8Array): string =>
    csvLine(header) + Buffer.from(lines).toString();
  return { ...counts, matches: fileOf(matchHeader, matches), review: fileOf(reviewHeader, review) };
}

const match: Row = ["a", "007", "b", 'x,"y"', 3, 0, "match", ""];
const review: Row = ["a", "1", "b", "2", -1, 0, "review", "two fit as well"];
const rejected: Row = ["a", "1", "b", "3", -4, 0, "rejected", "below the threshold"];

test("matches and reviews go into their files, rejected pairs into none", () => {
  const files = filesOf(match, review, rejected);
  expect(parse(files.matches)).toEqual([
    ["left_source", "left_id", "right_source", "right_id", "probability", "weight"],
    ["a", "007", "b", 'x,"y"', "0.8888888889", "3"],
  ]);
  expect(parse(files.review)).toEqual([
    ["left_source", "left_id", "right_source", "right_id", "probability", "weight", "reason"],
    ["a", "1", "b", "2", "0.3333333333", "-1", "two fit as well"],
  ]);
  expect([files.matchCount, files.reviewCount]).toEqual([1, 1]);
});

test("people whom works name stay out of the files, on either side", () => {
  const named: Row[] = [
    ["a/people", "ang-lee", "b", "1", 5, 0, "match", ""],
    ["b", "1", "a/people", "ang-lee", 5, 0, "review", "a homonym"],
  ];
  const files = filesOf(match, ...named);
  expect([files.matchCount, files.reviewCount]).toEqual([1, 0]);
});

test("the files have a header when no pair is in them", () => {
  expect(filesOf()).toMatchObject({
    matches: "left_source,left_id,right_source,right_id,probability,weight\n",
    review: "left_source,left_id,right_source,right_id,probability,weight,reason\n",
  });
});

test("a pair that somebody decided is not asked about again, whichever record comes first", () => {
  const left = { source: "b", id: "2" };
  const right = { source: "a", id: "1" };
  const other: Row = ["a", "1", "b", "4", -1, 0, "review", "two fit as well"];
  expect(pairLines(pairs(review, other), declared, [{ kind: "same", left, right }]).reviewCount).toBe(1);
});

test("the noise of the last bits is not written, so that two machines write the same bytes", () => {
  const noisy: Row = ["a", "1", "b", "2", 0.1 + 0.2, 0, "match", ""];
  const clean: Row = ["a", "1", "b", "2", 0.3, 0, "match", ""];
  expect(filesOf(noisy).matches).toBe(filesOf(clean).matches);
});

test("the SQL of the guide reads the files into DuckDB, with ids as they were written", async () => {
  const guide = await readFile(new URL("../../../docs/guide/results.md", import.meta.url), "utf8");
  const [, sql = ""] = /```sql\n([\s\S]*?)```/.exec(guide) ?? [];
  const numbers: Row = ["a", "007", "b", "1", 3, 0, "match", ""];
  const files = {
    "matches.csv": filesOf(numbers).matches,
    "entities.csv": "entity_id,source,id\nfilm:1,a,007\nfilm:1,b,1\n",
  };
  await inFolderOf(files, async (folder) => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      const answers: unknown[] = [];
      for (const statement of sql
        .replaceAll("DIR", folder)
        .split(";")
        .filter((text) => text.trim() !== ""))
        answers.push((await connection.runAndReadAll(statement)).getRows());
      expect(answers.slice(2)).toEqual([[["film:1", 2n]], [["007", "1", 3n]]]);
      const entities = await connection.runAndReadAll("select id from entities order by id");
      expect(entities.getRows()).toEqual([["007"], ["1"]]);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
});
