import { describe, expect, test } from "vitest";
import { columnOf, rowAt, type Value } from "../columns/index.ts";
import { topKDefaults } from "./defaults.ts";
import type { Field, RecordBatch } from "../records/index.ts";
import { type LinkedInMemory, linkInMemory } from "./fixtures/link-in-memory.ts";
import { batchesOf, type MadeRow, madeFields, madeFilms, profilesOf } from "./fixtures/made-records.ts";
import { type FieldProfile, inferLinkage, type LinkageSettings } from "./index.ts";

type Rows = Readonly<Record<string, readonly MadeRow[]>>;

const sources = ["a", "b"];
const made = madeFilms(5, 200, sources);
const films: Rows = { a: made.get("a") as MadeRow[], b: made.get("b") as MadeRow[] };
/** A film of 14 in one place of its row changed. */
const withValue = (row: MadeRow, place: number, value: Value): MadeRow =>
  row.map((old, i) => (i === place ? value : old)) as unknown as MadeRow;
const [titleAt, yearAt, directorsAt] = [1, 2, 3];

interface Linking {
  readonly fields?: readonly Field[];
  readonly overrides?: Partial<LinkageSettings>;
}

function settingsOf(rows: Rows, { fields = madeFields, overrides = {} }: Linking): LinkageSettings {
  const names = Object.keys(rows);
  return inferLinkage({ entityType: "film", sources: names, fields: profilesOf(fields, names) }, overrides);
}

function batched(rows: Rows, fields: readonly Field[] = madeFields): Map<string, RecordBatch[]> {
  return new Map(Object.entries(rows).map(([source, of]) => [source, batchesOf(source, of, fields)]));
}

function linked(rows: Rows, linking: Linking = {}): LinkedInMemory {
  return linkInMemory(batched(rows, linking.fields), settingsOf(rows, linking));
}

/** The matched pairs as `left right`, by id. */
function matchesOf({ clustering }: LinkedInMemory): string[] {
  const { pairs } = clustering;
  return Array.from({ length: pairs.rowCount }, (_, i) => rowAt(pairs, i))
    .filter((pair) => pair.outcome === "match")
    .map((pair) => `${pair.left_id} ${pair.right_id}`)
    .sort();
}

const usual = matchesOf(linked(films));
/** The pairs of one film: its records are numbered alike in every source. */
const rightOf = (pairs: readonly string[]): string[] =>
  pairs.filter((pair) => pair.split(" ").every((id, _, [first]) => id.slice(1) === first?.slice(1)));
const sameId = rightOf(usual);

interface Spent {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The CPU seconds and the growth of the process's memory while linking. */
function spent<T>(work: () => T): { result: T; spent: Spent } {
  const memory = process.memoryUsage.rss();
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return {
    result,
    spent: { seconds: (user + system) / 1e6, megabytes: (process.memoryUsage.rss() - memory) / 1024 ** 2 },
  };
}

describe("the result is right", () => {
  test("for the films that the other cases are made of", () => {
    expect(usual.length).toBeGreaterThan(40);
    expect(sameId.length / usual.length).toBeGreaterThan(0.9);
  });

  test.each([
    ["title", titleAt],
    ["year", yearAt],
    ["directors", directorsAt],
  ])("where %s is empty everywhere: what the others say decides, and it never counts", (name, place) => {
    const emptied = Object.fromEntries(
      Object.entries(films).map(([source, rows]) => [source, rows.map((row) => withValue(row, place, null))]),
    );
    const { model, clustering } = linked(emptied);
    const weights = model.rules.flatMap((rule) =>
      rule.comparisons.filter(({ field }) => field === name).flatMap(({ levels }) => levels),
    );
    expect(weights.every(({ weight }) => Number.isFinite(weight))).toBe(true);
    expect(clustering.entities.rowCount).toBe((films.a?.length ?? 0) + (films.b?.length ?? 0));
  });

  test("where every field is empty: every record is an entity of its own", () => {
    const emptied = Object.fromEntries(
      sources.map((source) => [
        source,
        Array.from({ length: 50 }, (_, i): MadeRow => [`${i}`, null, null, [], [], null]),
      ]),
    );
    const result = linked(emptied);
    expect(result.clustering.pairs.rowCount).toBe(0);
    expect(new Set(columnOf(result.clustering.entities, "cluster", "number").values).size).toBe(100);
  });

  test("where a source has no record, or both have none", () => {
    for (const rows of [
      { a: films.a ?? [], b: [] },
      { a: [], b: [] },
    ] as Rows[]) {
      const { clustering } = linked(rows);
      expect([clustering.pairs.rowCount, clustering.entities.rowCount]).toEqual([0, (rows.a ?? []).length]);
    }
  });

  test("where the field that is looked up is empty everywhere, or all records are alike in it", () => {
    const likeness = {
      name: "alike",
      keys: [],
      topK: { fields: ["title"], tokens: "words" as const, ...topKDefaults },
    };
    const titled = (title: string | null): Rows =>
      Object.fromEntries(
        Object.entries(films).map(([source, of]) => [source, of.map((row) => withValue(row, titleAt, title))]),
      );
    const overrides = { rules: [likeness] };
    expect(linked(titled(null), { overrides }).pairsByRule).toEqual([0]);
    const alike = linked(titled("Mother"), { overrides });
    expect(alike.pairsByRule[0]).toBeLessThanOrEqual((films.a?.length ?? 0) * topKDefaults.k);
    expect(alike.recall).toMatchObject({ recall: null });
  });

  test("where all records are in one block: it is split by another field and named, and the other rules go on", () => {
    const rows = Object.fromEntries(
      Object.entries(films).map(([source, of]) => [source, of.map((row) => withValue(row, directorsAt, ["Everyman"]))]),
    );
    const everyone = { name: "same director", keys: [{ field: "directors", maker: "persons" as const }] };
    const rules = [...settingsOf(rows, {}).rules, everyone];
    const result = linked(rows, { overrides: { rules, blockPairsMax: 2_000 } });
    expect(result.frozen.facts.droppedBlocks).toEqual([]);
    expect(result.frozen.facts.splitBlocks).toMatchObject([
      { rule: "same director", example: 'directors ["Everyman"]' },
    ]);
    expect(rightOf(matchesOf(result))).toEqual(expect.arrayContaining(rightOf(matchesOf(linked(rows)))));
  });

  test("where the only rule puts all records in one block: nothing is compared, and the block is named", () => {
    const rows = Object.fromEntries(
      Object.entries(films).map(([source, of]) => [source, of.map((row) => withValue(row, titleAt, "Untitled"))]),
    );
    const rules = [{ name: "same title", keys: [{ field: "title", maker: "title" as const }] }];
    const result = linked(rows, { overrides: { rules, blockPairsMax: 2_000 } });
    expect(result.clustering.pairs.rowCount).toBe(0);
    expect(result.frozen.facts.droppedBlocks).toMatchObject([{ rule: "same title", example: 'title "Untitled"' }]);
  });

  test("where sources have no field in common: nothing is compared, and every record is an entity of its own", () => {
    const fields: readonly FieldProfile[] = [
      { name: "title", kind: "title", list: false, fillBySource: { a: 1 } },
      { name: "colour", kind: "category", list: false, fillBySource: { b: 1 } },
    ];
    const settings = inferLinkage({ entityType: "film", sources, fields });
    expect([settings.comparisons, settings.rules]).toEqual([[], []]);
    const rows = (source: string): MadeRow[] => [
      [`${source}1`, "Alpha", null],
      [`${source}2`, null, "red"],
    ];
    const batches = new Map(sources.map((source) => [source, batchesOf(source, rows(source), fields)]));
    const { clustering } = linkInMemory(batches, settings);
    expect([clustering.pairs.rowCount, clustering.entities.rowCount]).toEqual([0, 4]);
    expect(new Set(columnOf(clustering.entities, "cluster", "number").values).size).toBe(4);
  });

  test("where ids repeat: records are told apart by their place", () => {
    const rows = Object.fromEntries(
      Object.entries(films).map(([source, of]) => [source, of.map((row): MadeRow => ["same", ...row.slice(1)])]),
    );
    const { clustering, scored } = linked(rows);
    const usualScored = linked(films).scored;
    const count = (tables: LinkedInMemory["scored"]): number => tables.reduce((sum, table) => sum + table.rowCount, 0);
    expect(count(scored)).toBe(count(usualScored));
    expect(clustering.pairs.rowCount).toBe(linked(films).clustering.pairs.rowCount);
    expect(new Set(columnOf(clustering.entities, "id", "text").ids).size).toBe(1);
  });

  test("where a source is linked to itself under another name: every record finds itself", () => {
    const result = linked({ a: films.a ?? [], again: films.a ?? [] });
    const matches = new Set(matchesOf(result));
    const found = (films.a ?? []).filter(([id]) => matches.has(`${id} ${id}`)).length;
    expect(found / (films.a?.length ?? 1)).toBeGreaterThan(0.9);
    const wrong = [...matches].filter((pair) => pair.split(" ")[0] !== pair.split(" ")[1]);
    expect(wrong).toEqual([]);
  });

  test("where numbers are NaN or infinite: as where they are missing", () => {
    const years = [Number.NaN, Infinity, -Infinity];
    const changed = (value: (i: number) => Value): Rows =>
      Object.fromEntries(
        Object.entries(films).map(([source, of]) => [
          source,
          of.map((row, i) => (i % 3 === 0 ? withValue(row, yearAt, value(i)) : row)),
        ]),
      );
    const strange = linked(changed((i) => years[(i / 3) % 3] as number));
    const missing = linked(changed(() => null));
    expect(matchesOf(strange)).toEqual(matchesOf(missing));
    expect(strange.model.rules).toEqual(missing.model.rules);
  });
});

describe("time and memory are bounded", () => {
  test("where one record has 100,000 list members", () => {
    const crowded = (count: number): Rows => {
      const many = Array.from({ length: count }, (_, i) => `Extra ${i}`);
      return { a: [...(films.a ?? []), crowd("a", many)], b: [...(films.b ?? []), crowd("b", many)] };
    };
    const { result, spent: took } = spent(() => linked(crowded(100_000)));
    expect(took.seconds).toBeLessThan(8);
    expect(took.megabytes).toBeLessThan(300);
    expect(matchesOf(result)).toContain("crowd a crowd b");
    expect(matchesOf(result)).toEqual(matchesOf(linked(crowded(64))));
  });

  test("where one title has 10 MB", () => {
    const long = "A Very Long Title ".repeat(600_000);
    const rows = {
      a: [...(films.a ?? []), ["long", long, 1999, ["Ada Abara"], ["x"], null] as MadeRow],
      b: [...(films.b ?? []), ["long", long, 1999, ["Ada Abara"], ["x"], null] as MadeRow],
    };
    const { result, spent: took } = spent(() => linked(rows));
    expect(took.seconds).toBeLessThan(8);
    expect(took.megabytes).toBeLessThan(500);
    expect(matchesOf(result)).toContain("long long");
  });
});

test("kernels keep to the bounds as well: a title of 10 MB, 100,000 members, NaN and infinite numbers", () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `Extra ${i}`);
  const long = "A Very Long Title ".repeat(600_000);
  const strange = (end: string): MadeRow[] => [
    ["long", long + end, 1999, many, ["x"], null],
    ["far", "The Far Side", Infinity, many.toReversed(), ["x"], null],
    ["none", "The Far Side", Number.NaN, ["Extra 7"], ["x"], null],
  ];
  const rows = { a: [...(films.a ?? []), ...strange("")], b: [...(films.b ?? []), ...strange("!")] };
  const comparisons = [
    { field: "title", kind: "jaroWinkler" },
    { field: "title", kind: "exact" },
    { field: "year", kind: "difference" },
    { field: "directors", kind: "intersection" },
  ];
  const { result, spent: took } = spent(() => linked(rows, { overrides: { comparisons } }));
  expect(took.seconds).toBeLessThan(10);
  expect(took.megabytes).toBeLessThan(500);
  expect(matchesOf(result)).toEqual(expect.arrayContaining(["far far", "long long"]));
  const reference = linkInMemory(batched(rows), settingsOf(rows, { overrides: { comparisons } }), 4, {
    reference: true,
  });
  expect(matchesOf(reference)).toEqual(matchesOf(result));
});

function crowd(source: string, members: readonly string[]): MadeRow {
  return [`crowd ${source}`, "The Crowd", 1928, members as string[], members as string[], null];
}
