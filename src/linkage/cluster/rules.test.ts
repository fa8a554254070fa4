import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatTables, rowAt, selectRows } from "../../columns/index.ts";
import type { Field } from "../../records/index.ts";
import { linkInMemory } from "../fixtures/link-in-memory.ts";
import { batchesOf, type MadeRow, madeFields, profilesOf } from "../fixtures/made-records.ts";
import { explainPair, inferLinkage, type LinkageSettings } from "../index.ts";

const sources = ["a", "b"];
const fields: readonly Field[] = [
  ...madeFields,
  { name: "isbn", kind: "isbn", list: false },
  { name: "imdb", kind: "imdb", list: false },
  { name: "colour", kind: "category", list: false },
];
const isbn = "9780306406157";
const imdb = ["tt0499549", "tt0068646"] as const;

interface Said {
  readonly isbn?: string | null;
  readonly imdb?: string | null;
  readonly colour?: string | null;
}

function film(id: string, title: string, year: number, said: Said = {}): MadeRow {
  return [
    id,
    title,
    year,
    [`${title} Director`],
    ["drama"],
    null,
    said.isbn ?? null,
    said.imdb ?? null,
    said.colour ?? null,
  ];
}

function linked(rows: Readonly<Record<string, readonly MadeRow[]>>, overrides: Partial<LinkageSettings>) {
  const batches = new Map(sources.map((source) => [source, batchesOf(source, rows[source] ?? [], fields)]));
  const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(fields, sources) }, overrides);
  const found = linkInMemory(batches, settings);
  const pairs = Array.from({ length: found.clustering.pairs.rowCount }, (_, row) => rowAt(found.clustering.pairs, row));
  return {
    ...found,
    batches,
    pair: (left: string, right: string) => pairs.find((one) => one.left_id === left && one.right_id === right),
  };
}

const others = (source: string): MadeRow[] =>
  Array.from({ length: 60 }, (_, i) =>
    film(`${source}${i}`, `Film of ${String.fromCharCode(97 + (i % 26))}${i}`, 1950 + i),
  );
const trustIsbn = { trusted: [{ field: "isbn" }] };

describe("a trusted identifier", () => {
  const rows = {
    a: [film("x", "Quiet Lagoon", 1999, { isbn, colour: "red" }), ...others("a")],
    b: [film("y", "Zephyr", 1931, { isbn, colour: "blue" }), ...others("b")],
  };

  test("makes a match of records that differ in all else, and says so with its weight", () => {
    expect(linked(rows, {}).pair("x", "y")?.outcome ?? "not kept").not.toBe("match");
    const { pair, model, frozen, batches } = linked(rows, trustIsbn);
    const found = pair("x", "y");
    expect(found).toMatchObject({ outcome: "match", reason: "same trusted identifier: isbn", weight: 20 });
    const both = sources.map((source) =>
      selectRows(concatTables((batches.get(source) ?? []).map(({ table }) => table)), Int32Array.of(0)),
    );
    const explained = explainPair(concatTables(both), model, frozen, found as { trusted: number; competition: number });
    expect(explained.weight).toBeCloseTo(20, 9);
    expect(explained.beyond.at(-1)).toMatchObject({ name: "trusted", detail: "the same trusted identifier" });
  });

  test("is not trusted where its check fails, or where too many records of a source have it", () => {
    const wrong = (source: "a" | "b"): MadeRow[] =>
      rows[source].map((row) => row.map((value) => (value === isbn ? "9780306406158" : value)) as unknown as MadeRow);
    expect(linked({ a: wrong("a"), b: wrong("b") }, trustIsbn).pair("x", "y")?.outcome).not.toBe("match");
    const many = { ...rows, b: [...rows.b, ...[1, 2, 3, 4].map((i) => film(`z${i}`, `Other ${i}`, 1900, { isbn }))] };
    const { pair, clustering } = linked(many, trustIsbn);
    expect(pair("x", "y")?.outcome).not.toBe("match");
    expect(clustering.distrusted).toEqual([{ field: "isbn", value: isbn, records: 5 }]);
  });

  test("does not link what a rule keeps apart, and the pair is to be reviewed", () => {
    const { pair } = linked(rows, { ...trustIsbn, cannotLink: [{ field: "colour" }] });
    expect(pair("x", "y")).toMatchObject({
      outcome: "review",
      reason: "same trusted identifier: isbn; but the entities differ in colour",
    });
    const conflicting = {
      a: [film("x", "Quiet Lagoon", 1999, { isbn, imdb: imdb[0] }), ...others("a")],
      b: [film("y", "Quiet Lagoon", 1999, { isbn, imdb: imdb[1] }), ...others("b")],
    };
    expect(linked(conflicting, { trusted: [{ field: "isbn" }, { field: "imdb" }] }).pair("x", "y")).toMatchObject({
      outcome: "review",
      reason: "same trusted identifier: isbn; but the entities differ in imdb",
    });
  });
});

describe("a field that may not differ", () => {
  test("keeps apart the surest pair, and needs nobody's look", () => {
    const rows = {
      a: [
        film("x", "Quiet Lagoon", 1999, { colour: "Red" }),
        film("u", "Loud Lagoon", 1980, { colour: "red" }),
        ...others("a"),
      ],
      b: [
        film("y", "Quiet Lagoon", 1999, { colour: "blue" }),
        film("v", "Loud Lagoon", 1980, { colour: "RED" }),
        ...others("b"),
      ],
    };
    expect(linked(rows, {}).pair("x", "y")).toMatchObject({ outcome: "match" });
    const { pair } = linked(rows, { cannotLink: [{ field: "colour" }] });
    expect(pair("x", "y")).toMatchObject({ outcome: "rejected", reason: "cannot link: colour differs" });
    expect(pair("u", "v")).toMatchObject({ outcome: "match" });
  });

  test("holds in every entity, whatever is trusted", () => {
    const colour = fc.constantFrom("red", "blue", null);
    const code = fc.constantFrom(isbn, "9783161484100", null);
    const rows = fc.array(fc.record({ isbn: code, colour, title: fc.nat(3) }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(rows, rows, (left, right) => {
        const of = (source: string, said: typeof left): MadeRow[] =>
          said.map((one, i) => film(`${source}${i}`, `Lagoon ${one.title}`, 1999, one));
        const colours = new Map([...of("a", left), ...of("b", right)].map((row) => [row[0], row.at(-1)]));
        const { clustering } = linked(
          { a: of("a", left), b: of("b", right) },
          { ...trustIsbn, cannotLink: [{ field: "colour" }], dedupe: true },
        );
        const entities = Array.from({ length: clustering.entities.rowCount }, (_, row) =>
          rowAt(clustering.entities, row),
        );
        for (const members of Map.groupBy(entities, (row) => row.cluster).values()) {
          const known = members.map((row) => colours.get(row.id as string)).filter((one) => one !== null);
          expect(new Set(known).size).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 81, numRuns: 40 },
    );
  });

  test("has one value a record", () => {
    expect(() =>
      inferLinkage(
        { entityType: "film", sources, fields: profilesOf(fields, sources) },
        { cannotLink: [{ field: "genres" }] },
      ),
    ).toThrow(/"genres".*several values/);
  });
});
