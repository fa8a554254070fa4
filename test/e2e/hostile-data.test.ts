import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { withFolder, writeFiles } from "./kindred-process.ts";
import { measuredKindred } from "./measured-kindred.ts";

/** Films that two catalogues share, in rows of id, title, year, director. */
const films = Array.from({ length: 120 }, (_, i) => {
  const [adjective, noun, name] = [
    ["Silent", "Broken", "Golden", "Hidden"][i % 4],
    ["River", "Mirror", "Winter"][i % 3],
    ["Ada", "Bela", "Carla", "Dino", "Elif"][i % 5],
  ];
  return {
    title: `The ${adjective} ${noun} of ${name} ${i}`,
    year: 1950 + ((i * 7) % 70),
    director: `${name} ${["Abara", "Brandt", "Demir"][i % 3]}`,
  };
});

type Film = (typeof films)[number];
type Row = readonly (string | number)[];

function csv(prefix: string, header: string, of: (film: Film, i: number) => Row, more: readonly Row[] = []): string {
  const rows = [...films.map((film, i) => [`${prefix}${i}`, ...of(film, i)]), ...more];
  return `${header}\n${rows.map((row) => row.join(",")).join("\n")}\n`;
}

const header = "id,title,year,directors";
const usual = ({ title, year, director }: Film): Row => [title, year, director];

interface Linked {
  /** Matched pairs as `left right`, by id. */
  readonly matches: readonly string[];
  readonly entityCount: number;
  readonly recordCount: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

/** Links files by the command line, the first two that are named, and reads what it wrote. */
async function link(files: Readonly<Record<string, string | Buffer>>, args = Object.keys(files)): Promise<Linked> {
  return withFolder(async (folder) => {
    await writeFiles(folder, files);
    const { exitCode, stderr, cpuSeconds, peakMebibytes } = await measuredKindred(
      folder,
      "link",
      ...args,
      "--out",
      "out",
    );
    expect([exitCode, stderr.split("\n").filter((line) => line.startsWith("kindred:"))]).toEqual([0, []]);
    const read = async (file: string): Promise<Record<string, string>[]> =>
      parse(await readFile(join(folder, "out", file), "utf8"), { columns: true });
    const entities = await read("entities.csv");
    return {
      matches: (await read("matches.csv")).map((row) => `${row.left_id} ${row.right_id}`).sort(),
      entityCount: new Set(entities.map((row) => row.entity_id)).size,
      recordCount: entities.length,
      cpuSeconds,
      peakMebibytes,
    };
  });
}

const expected = films.map((_, i) => `a${i} b${i}`).sort();

describe("kindred link", () => {
  let plain: Linked;
  beforeAll(async () => {
    plain = await link({ "a.csv": csv("a", header, usual), "b.csv": csv("b", header, usual) });
  });

  test("finds the films that the other cases are made of", () => {
    expect(plain.matches).toEqual(expected);
    expect([plain.recordCount, plain.entityCount]).toEqual([240, 120]);
  });

  test("goes by the other fields where one is empty everywhere", async () => {
    const withStudio = (film: Film): Row => [...usual(film), ""];
    const added = await link({
      "a.csv": csv("a", `${header},studio`, withStudio),
      "b.csv": csv("b", `${header},studio`, withStudio),
    });
    expect(added.matches).toEqual(expected);
    const withoutYear = ({ title, director }: Film): Row => [title, "", director];
    const emptied = await link({ "a.csv": csv("a", header, withoutYear), "b.csv": csv("b", header, withoutYear) });
    expect(emptied.matches).toEqual(expected);
  });

  test("merges nobody, in bounded time, where all records are in one block and nothing tells them apart", async () => {
    const alike = (prefix: string): string =>
      `${header}\n${Array.from({ length: 4000 }, (_, i) => `${prefix}${i},Untitled,1999,Everyman`).join("\n")}\n`;
    const found = await link({ "a.csv": alike("a"), "b.csv": alike("b") });
    expect([found.matches, found.entityCount]).toEqual([[], 8000]);
    expect(found.cpuSeconds - plain.cpuSeconds).toBeLessThan(15);
  });

  test("finds every record of a source that is linked to itself under another name, and only that", async () => {
    const file = csv("a", header, usual);
    const found = await link({ "a.csv": file }, ["a.csv", "again=a.csv"]);
    expect(found.matches).toEqual(films.map((_, i) => `a${i} a${i}`).sort());
    const within = await link({ "a.csv": file }, ["a.csv", "again=a.csv", "--dedupe"]);
    expect([within.matches, within.entityCount]).toEqual([found.matches, 120]);
  });

  test("compares nothing where sources have no field in common", async () => {
    const found = await link({
      "a.csv": csv("a", "id,title", ({ title }) => [title]),
      "b.csv": csv("b", "id,colour,weight", (_, i) => [i % 2 ? "red" : "blue", i]),
    });
    expect([found.matches, found.entityCount]).toEqual([[], 240]);
  });

  test("reads one record with 100,000 list members as any other, from CSV and from JSON Lines", async () => {
    const members = Array.from({ length: 100_000 }, (_, i) => `Extra ${i}`);
    const crowd: Row = ["crowd", "The Crowd", 1928, members.join("|")];
    const lines = films.map(({ title, year, director }, i) => ({ id: `b${i}`, title, year, directors: [director] }));
    const found = await link({
      "a.csv": csv("a", header, usual, [crowd]),
      "b.jsonl": [...lines, { id: "crowd", title: "The Crowd", year: 1928, directors: members }]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(""),
    });
    expect(found.matches).toEqual([...expected, "crowd crowd"].sort());
    expect(found.cpuSeconds - plain.cpuSeconds).toBeLessThan(60);
    expect(found.peakMebibytes).toBeLessThan(1000);
  });

  test("reads a title of 10 MB as any other, from CSV and from JSON Lines, and shows its beginning", async () => {
    const title = "A Very Long Title ".repeat(600_000).trim();
    const lines = films.map((film, i) => ({
      id: `b${i}`,
      title: film.title,
      year: film.year,
      directors: [film.director],
    }));
    const files = {
      "a.csv": csv("a", header, usual, [["long", title, 1999, "Ada Abara"]]),
      "b.jsonl": [...lines, { id: "long", title, year: 1999, directors: ["Ada Abara"] }]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(""),
    };
    const found = await link(files);
    expect(found.matches).toEqual([...expected, "long long"].sort());
    expect(found.cpuSeconds - plain.cpuSeconds).toBeLessThan(30);
    expect(found.peakMebibytes).toBeLessThan(1500);
    await withFolder(async (folder) => {
      await writeFiles(folder, files);
      await measuredKindred(folder, "link", ...Object.keys(files), "--out", "out");
      const explained = await measuredKindred(folder, "explain", "a/long", "b/long");
      expect([explained.exitCode, explained.stdout.length < 5000]).toEqual([0, true]);
    });
  });

  test("takes NaN and infinite numbers for missing values, from CSV, JSON Lines and Parquet", async () => {
    const strange = ["NaN", "Infinity", "-Infinity", "1e999", "-inf"];
    const number = (i: number, value: number): string | number => (i % 3 === 0 ? (strange[i % 5] as string) : value);
    const strangeRow = (film: Film, i: number): Row => [
      film.title,
      number(i, film.year),
      film.director,
      number(i + 1, 90),
    ];
    const a = csv("a", `${header},runtime`, strangeRow);
    const b = csv("b", `${header},runtime`, (film) => [...usual(film), 90]);
    expect((await link({ "a.csv": a, "b.csv": b })).matches).toEqual(expected);

    const lines = films.map(
      ({ title, year, director }, i) =>
        `{"id":"b${i}","title":"${title}","year":${i % 3 ? year : "1e999"},"directors":["${director}"],"runtime":-1e999}\n`,
    );
    expect((await link({ "a.csv": a, "b.jsonl": lines.join("") })).matches).toEqual(expected);
    expect((await link({ "a.csv": a, "b.parquet": await strangeParquet() })).matches).toEqual(expected);
  });
});

/** The second catalogue as Parquet whose doubles are NaN and infinite in places. */
function strangeParquet(): Promise<Buffer> {
  return withFolder(async (folder) => {
    const path = join(folder, "b.parquet");
    const rows = films.map(
      ({ title, year, director }, i) =>
        `('b${i}', '${title}', ${i % 3 ? year : ["'NaN'", "'inf'", "'-inf'"][(i % 9) / 3]}::double, '${director}', 'inf'::double)`,
    );
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `COPY (SELECT * FROM (VALUES ${rows.join(",")}) t(id, title, year, directors, runtime)) TO '${path}' (FORMAT parquet)`,
    );
    return readFile(path);
  });
}
