import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rowAt } from "../../columns/index.ts";
import { ingestSource, planSources, profileSource, type SourcePlan, type SourceSpec } from "../index.ts";

const header = ["id", "title", "year", "genres", "plot", "note"];
const rows = [
  ["007", "Ödipus, the King", "1957", "drama|myth", 'He said "no"', "first\nsecond line"],
  ["0x1F", "千と千尋の神隠し", "2001", "anime|fantasy", "plain", ""],
  ["12345678901234567890", "300", "2006", "action", "a | b", "N/A"],
  ["-", "Amélie – Café", "2001", "comedy", "tab\there", "x"],
];
const asText = (delimiter: string): string =>
  [header, ...rows].map((row) => row.map((value) => quoted(value, delimiter)).join(delimiter)).join("\n");
const quoted = (value: string, delimiter: string): string =>
  /["\n\t]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
const objects = rows.map((row) => ({
  id: row[0],
  title: row[1] === "300" ? 300 : row[1],
  year: Number(row[2]),
  genres: (row[3] as string).split("|"),
  plot: row[4],
  note: row[5] === "" ? null : row[5],
}));
const jsonLines = objects.map((object) => JSON.stringify(object)).join("\n");

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-readers-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const arrowTable = () =>
  tableFromArrays(Object.fromEntries(header.map((name, at) => [name, rows.map((row) => row[at] as string)])));

/** Writes the same records in one format; a test of every reader. */
const writers: Record<string, () => Promise<Uint8Array | string>> = {
  "films.csv": async () => asText(","),
  "semicolons.csv": async () => asText(";"),
  "windows-lines.csv": async () => asText(",").replace(/\n(?=\d|0|-)/g, "\r\n"),
  "films.tsv": async () => asText("\t"),
  "bars.csv": async () => asText("|"),
  "mark.csv": async () => `\ufeff${asText(",")}`,
  "wide-le.csv": async () => Buffer.from(`\ufeff${asText(",")}`, "utf16le"),
  "wide-be.csv": async () => Buffer.from(`\ufeff${asText(",")}`, "utf16le").swap16(),
  "films.csv.gz": async () => gzipSync(asText(",")),
  "films.tsv.zst": async () => zstdCompressSync(asText("\t")),
  "films.json": async () => JSON.stringify(objects, null, 2),
  "wrapped.json": async () => JSON.stringify({ count: 4, about: { lists: "none" }, films: objects }),
  "lines.json": async () => jsonLines,
  "films.jsonl": async () => `${jsonLines}\n\n`,
  "films.ndjson.gz": async () => gzipSync(jsonLines),
  "films.json.zst": async () => zstdCompressSync(JSON.stringify(objects)),
  "films.arrow": async () => tableToIPC(arrowTable(), "file"),
  "stream.arrow": async () => tableToIPC(arrowTable(), "stream"),
  "no-extension": async () => asText(","),
};

async function writeParquet(path: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const values = rows.map((row) => `(${row.map((value) => `'${value.replaceAll("'", "''")}'`).join(", ")})`);
  const lists = "id, title, CAST(year AS BIGINT) AS year, string_split(genres, '|') AS genres, plot, note";
  await connection.run(
    `COPY (SELECT ${lists} FROM (VALUES ${values.join(", ")}) t(${header.join(", ")})) TO '${path}' (FORMAT parquet)`,
  );
}

async function recordsOf(spec: SourceSpec): Promise<{ records: unknown[]; plan: SourcePlan }> {
  const plan = planSources([await profileSource(spec)])[0] as SourcePlan;
  const records: unknown[] = [];
  for await (const batch of ingestSource(plan, { batchRows: 3 })) {
    for (let row = 0; row < batch.table.rowCount; row++) records.push(rowAt(batch.table, row));
  }
  return { records, plan };
}

const expected = [
  {
    id: "007",
    title: "Ödipus, the King",
    year: 1957,
    genres: ["drama", "myth"],
    description: 'He said "no"',
    note: "first second line",
  },
  { id: "0x1F", title: "千と千尋の神隠し", year: 2001, genres: ["anime", "fantasy"], description: "plain", note: null },
  { id: "12345678901234567890", title: "300", year: 2006, genres: ["action"], description: "a | b", note: null },
  { id: "-", title: "Amélie – Café", year: 2001, genres: ["comedy"], description: "tab here", note: "x" },
];

describe("every reader gives the same records, ids byte for byte", () => {
  test.each(Object.keys(writers))("%s", async (name) => {
    const path = join(directory, name);
    await writeFile(path, await (writers[name] as () => Promise<Uint8Array | string>)());
    expect((await recordsOf({ name: "films", path })).records).toEqual(expected);
  });

  test("films.parquet", async () => {
    const path = join(directory, "films.parquet");
    await writeParquet(path);
    expect((await recordsOf({ name: "films", path })).records).toEqual(expected);
  });

  test("a glob of several files reads them in order as one source", async () => {
    const [head, ...lines] = jsonLines.split("\n");
    await writeFile(join(directory, "part-1.jsonl"), head as string);
    await writeFile(join(directory, "part-2.jsonl"), lines.join("\n"));
    const { records, plan } = await recordsOf({ name: "films", path: join(directory, "part-*.jsonl") });
    expect(records).toEqual(expected);
    expect(plan.layout.files.map((file) => file.slice(-7))).toEqual(["1.jsonl", "2.jsonl"]);
  });
});

describe("encodings", () => {
  test("a file that is not UTF-8 is read as Latin-1, and the plan says so", async () => {
    const path = join(directory, "latin.csv");
    await writeFile(
      path,
      Buffer.concat([
        Buffer.from("id,title,year\n1,Am"),
        Buffer.from([0xe9]),
        Buffer.from("lie \x80,2001\n2,Heat,1995\n", "latin1"),
      ]),
    );
    const { records, plan } = await recordsOf({ name: "films", path });
    expect(records[0]).toEqual({ id: "1", title: "Amélie €", year: 2001 });
    expect(plan.layout.encoding).toBe("windows-1252");
    expect(plan.notes).toContain("the bytes are not UTF-8; they are read as Latin-1 (windows-1252)");
  });
});

describe("quotes between tabs", () => {
  test("are letters where no field needs them, as IMDb writes them", async () => {
    const path = join(directory, "imdb.tsv");
    await writeFile(
      path,
      'tconst\tprimaryTitle\tstartYear\ntt1\t"A" Gai Waak\t1983\ntt2\t"Giliap"\t1975\ntt3\t"Oh\t1990\ntt4\t"The ""Real"" Heat"\t1995\n',
    );
    const { records } = await recordsOf({ name: "imdb", path });
    expect(records.map((record) => (record as { title: string }).title)).toEqual([
      '"A" Gai Waak',
      '"Giliap"',
      '"Oh',
      'The "Real" Heat',
    ]);
  });
});

describe("nested data", () => {
  test("nested objects become dotted columns, lists of objects their names", async () => {
    const path = join(directory, "nested.jsonl");
    const film = (id: number, actor: string) => ({
      id,
      title: "Heat",
      release: { year: 1995, place: { city: "Rome" } },
      cast: [{ name: actor, role: "x" }, { name: "Val Kilmer" }],
    });
    await writeFile(
      path,
      [film(1, "Al Pacino"), film(2, "Tom Noonan")].map((object) => JSON.stringify(object)).join("\n"),
    );
    const { records, plan } = await recordsOf({ name: "films", path });
    expect(plan.layout.columns).toEqual(["id", "title", "release.year", "release.place.city", "cast"]);
    expect(records[1]).toMatchObject({ id: "2", title: "Heat", year: 1995, cast: ["Tom Noonan", "Val Kilmer"] });
  });

  test("a bare list of texts gives one column of names", async () => {
    const path = join(directory, "actors.json");
    await writeFile(path, JSON.stringify(["Al Pacino", "Diane Venora"]));
    const { records, plan } = await recordsOf({ name: "actors", path });
    expect(plan.entityType).toBe("person");
    expect(records).toEqual([
      { id: "row:1", name: "Al Pacino" },
      { id: "row:2", name: "Diane Venora" },
    ]);
  });

  test("long numbers keep every digit", async () => {
    const path = join(directory, "long.json");
    await writeFile(path, '[{"id": 12345678901234567890, "title": "A b"}, {"id": 1.50, "title": "C d"}]');
    const { records } = await recordsOf({ name: "long", path });
    expect(records.map((record) => (record as { id: string }).id)).toEqual(["12345678901234567890", "1.50"]);
  });
});
