import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ColumnKind, TableBuilder, type Value } from "../../columns/index.ts";
import { comparedLevel } from "../fixtures/compared.ts";
import { levelsMax, nullLevel } from "./contract.ts";
import { comparisonKinds, comparisonOf } from "./registry.ts";

/** Texts of few letters and words, so that equal, near, contained and repeated parts are frequent. */
const words = fc
  .array(fc.constantFrom("cha", "abba", "baba", "the", "ii", "2", "a.", ":", "(", ")", ",", "é", "город"), {
    maxLength: 6,
  })
  .map((parts) => parts.join(" "));
const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 10 });
const number = fc.oneof(fc.integer({ min: -3000, max: 3000 }), fc.double({ noNaN: false }));
const identifier = fc.constantFrom(
  "9780306406157",
  "0-306-40615-2",
  "9780306406158",
  "0378-5955",
  "036000291452",
  "10.5240/7791-8534-2C23-9030-8610-5",
  "10.5240/7791-8534-2C23-9030-8610-6",
  "0000-0002-1825-0097",
  "tt0499549",
  "https://www.imdb.com/title/tt499549/",
  "nm0000116",
);
const country = fc.constantFrom("US", "USA", "840", "U.S.A.", "UK", "West Germany", "DE", "USSR, France", "Atlantis");
const point = fc
  .tuple(fc.double({ min: -91, max: 91, noNaN: true }), fc.double({ min: -181, max: 181, noNaN: true }))
  .map(([latitude, longitude]) => `${latitude.toFixed(3)},${longitude.toFixed(3)}`);
const vector = fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 3 }).map((values) => JSON.stringify(values));
const text = fc.oneof(words, letters, identifier, country, point, vector);

const numberKinds = new Set(["year", "date", "number", "difference"]);
const textKinds = new Set(["exact", "jaroWinkler"]);
const long = "Abba Baba: 2, ".repeat(750_000);
const members = Array.from({ length: 100_000 }, (_, i) => `member ${i}`);
const kinds = comparisonKinds().map((kind) => ({ kind }));

function valuesOf(kind: string): fc.Arbitrary<Value> {
  if (numberKinds.has(kind)) return fc.option(number);
  const list = fc.array(text, { maxLength: 5 });
  return textKinds.has(kind) ? fc.option(text) : fc.option(fc.oneof(text, list));
}

/** A comparer over the values of one column, in this order. */
function comparerOf(kind: string, values: readonly Value[], columnKind: ColumnKind): (a: number, b: number) => number {
  const builder = new TableBuilder([{ name: "x", kind: columnKind }]);
  for (const value of values) builder.append([value]);
  const [column] = builder.build().columns;
  return comparisonOf({ field: "x", kind }).prepare(column as never, { frequency: () => 1, recordCount: 10_000 });
}

function compareAll(compare: (a: number, b: number) => number, count: number): void {
  for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) compare(a, b);
}

function secondsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe.each(kinds)("the comparison of $kind", ({ kind }) => {
  const { levels, ascending, agreesFrom, disagreesUpTo, valueKeys } = comparisonOf({ field: "x", kind });

  test("gives one of its levels, the same in either order, and none where a value is missing", () => {
    fc.assert(
      fc.property(valuesOf(kind), valuesOf(kind), fc.integer({ min: 1, max: 9 }), (left, right, frequency) => {
        const level = comparedLevel(kind, left, right, frequency);
        expect(Number.isInteger(level)).toBe(true);
        expect(level).toBeGreaterThanOrEqual(nullLevel);
        expect(level).toBeLessThanOrEqual(levels.length);
        if (left === null || right === null) expect(level).toBe(nullLevel);
      }),
      { seed: 21, numRuns: 600 },
    );
  });

  test("never calls a value that says something and itself different", () => {
    fc.assert(
      fc.property(valuesOf(kind), (value) => {
        const level = comparedLevel(kind, value, value);
        expect(level === nullLevel || level >= agreesFrom).toBe(true);
      }),
      { seed: 22, numRuns: 250 },
    );
  });

  test("has levels that a pattern can hold, with shares, bounds and an order that go together", () => {
    expect(levels.length).toBeLessThan(levelsMax);
    expect(disagreesUpTo).toBeLessThan(agreesFrom);
    expect(new Set(levels.map((level) => level.label)).size).toBe(levels.length);
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    for (const { m, u, weightMin = -20, weightMax = 20 } of levels) {
      expect(Math.min(m, u)).toBeGreaterThan(0);
      expect(weightMin).toBeLessThan(weightMax);
    }
    for (const of of ["m", "u"] as const) {
      const sum = levels.reduce((total, level) => total + level[of], 0);
      expect(sum, `expected shares ${of}`).toBeGreaterThan(0.8);
      expect(sum, `expected shares ${of}`).toBeLessThan(1.7);
    }
  });

  test("says nothing of nothing: empty and blank texts, empty lists, NaN and infinite numbers", () => {
    if (numberKinds.has(kind)) {
      for (const value of [Number.NaN, Infinity, -Infinity])
        for (const other of [value, 7]) expect(comparedLevel(kind, value, other), `${value}, ${other}`).toBe(nullLevel);
      return;
    }
    if (!textKinds.has(kind)) expect(comparedLevel(kind, [], ["abba 2"])).toBe(nullLevel);
    if (kind === "exact" || kind === "jaroWinkler" || kind === "intersection") return;
    for (const empty of ["", "  ", "\u200b", "..."]) {
      expect(comparedLevel(kind, empty, "abba 2"), JSON.stringify(empty)).toBe(nullLevel);
      expect(comparedLevel(kind, empty, empty), JSON.stringify(empty)).toBe(nullLevel);
    }
  });

  test("gives each pair its level, whatever rows stand before, between and behind, and whichever is asked for first", () => {
    const columnKind = numberKinds.has(kind) ? "number" : "text";
    const one: fc.Arbitrary<Value> = numberKinds.has(kind) ? number : text;
    fc.assert(
      fc.property(fc.array(fc.option(one), { minLength: 2, maxLength: 8 }), (values) => {
        const forwards = comparerOf(kind, values, columnKind);
        const backwards = comparerOf(kind, values.toReversed(), columnKind);
        const last = values.length - 1;
        for (let a = last; a >= 0; a--) {
          for (let b = 0; b <= last; b++) expect(backwards(last - a, last - b)).toBe(forwards(a, b));
        }
      }),
      { seed: 23, numRuns: 40 },
    );
  });

  test("takes a text of 10 MB and a list of 100,000 members in its stride", () => {
    if (numberKinds.has(kind)) return;
    const texts = [long, `${long}x`, "Abba Baba", long];
    const ofTexts = comparerOf(kind, texts, "text");
    expect(secondsOf(() => compareAll(ofTexts, texts.length))).toBeLessThan(5);
    expect(secondsOf(() => valueKeys?.(long))).toBeLessThan(2);
    if (textKinds.has(kind)) return;
    const rows = [members, members.toReversed(), ["member 7"], members];
    const ofLists = comparerOf(kind, rows, "textList");
    expect(secondsOf(() => compareAll(ofLists, rows.length))).toBeLessThan(3);
  });
});
