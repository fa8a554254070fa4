import { describe, expect, test } from "vitest";
import { TableBuilder, type Value } from "../../columns/index.ts";
import type { ComparisonKind } from "../settings.ts";
import { comparisonOf } from "./registry.ts";

/** The level of two values in words; `frequency` is how many records of one source hold each value. */
function compared(kind: ComparisonKind, left: Value, right: Value, frequency = 1): string {
  const isNumber = typeof left === "number" || typeof right === "number";
  const isList = Array.isArray(left) || Array.isArray(right);
  const builder = new TableBuilder([{ name: "x", kind: isNumber ? "number" : isList ? "textList" : "text" }]);
  for (const value of [left, right]) builder.append([value]);
  const comparison = comparisonOf(kind);
  const [column] = builder.build().columns;
  const compare = comparison.prepare(column as never, { frequency: () => frequency, recordCount: 10_000 });
  expect(compare(0, 1)).toBe(compare(1, 0));
  const level = compare(0, 1);
  return level === 0 ? "null" : (comparison.levels[level - 1]?.label ?? "");
}

const unique = "equal, and no source has it twice";

describe("titles", () => {
  const cases: readonly (readonly [left: string, right: string, level: string])[] = [
    ["The Shawshank Redemption", "Shawshank Redemption, The", unique],
    ["AMÉLIE", "Amelie", unique],
    ["Rocky II", "Rocky 2", unique],
    ["Kill Bill: Vol. 1", "Kill Bill: Volume 1", unique],
    ["Fast & Furious", "Fast and Furious", unique],
    ["Город", "ГОРОД", unique],
    ["Knives Out", "Knives Out 2", "same words, but another number or subtitle"],
    ["21 Jump Street", "22 Jump Street", "same words, but another number or subtitle"],
    ["Birdman", "Birdman: Or (The Unexpected Virtue of Ignorance)", "equal but for a subtitle"],
    ["Seven Samurai", "Shichinin no samurai (Seven Samurai)", "equal to an alternative title"],
    ["The Godfather", "The Exorcist", "different titles"],
    ["Schindler's List", "Shindler's List", "nearly the same spelling"],
  ];
  test.for(cases)("“%s” and “%s” are %s", ([left, right, level]) => {
    expect(compared("title", left, right)).toBe(level);
  });

  test("that are common weigh less: there are many films called Mother", () => {
    expect([1, 2, 4, 9].map((count) => compared("title", "Mother", "Mother", count))).toEqual([
      unique,
      "equal; a source has two of it",
      "equal; a source has three to five of it",
      "equal; a source has more than five of it",
    ]);
  });

  test("that are missing are no evidence", () => {
    expect(compared("title", null, "Psycho")).toBe("null");
  });
});

describe("names of people", () => {
  const initials = "equal but for initials or middle names";
  const cases: readonly (readonly [left: string, right: string, level: string])[] = [
    ["Spike Lee", "Lee, Spike", unique],
    ["Alejandro González Iñárritu", "Alejandro Gonzalez Inarritu", unique],
    ["Robert Downey Jr.", "Robert Downey", unique],
    ["J. Lee Thompson", "Jack Lee Thompson", initials],
    ["F.W. Murnau", "Friedrich Wilhelm Murnau", initials],
    ["Francis Ford Coppola", "Francis Coppola", initials],
    ["J.K. Simmons", "Jean Simmons", "same last name, other first name"],
    ["Steve Martin", "Dean Martin", "same last name, other first name"],
    ["Akira Kurosava", "Akira Kurosawa", "nearly the same spelling"],
    ["Sofia Coppola", "Tom Hanks", "different names"],
  ];
  test.for(cases)("%s and %s are %s", ([left, right, level]) => {
    expect(compared("name", left, right)).toBe(level);
  });
});

describe("numbers, years and sets", () => {
  test("years count by how far they are apart, in either direction", () => {
    expect([1999, 2000, 2001, 2010].map((year) => compared("year", 1999, year))).toEqual([
      "same year",
      "one year apart",
      "two or three years apart",
      expect.stringContaining("years apart"),
    ]);
  });

  test("a missing or impossible number is no evidence", () => {
    expect([compared("number", 90, null), compared("number", 90, Number.NaN)]).toEqual(["null", "null"]);
  });

  test("a partial overlap of genres never speaks against a match, since catalogues sort differently", () => {
    const { levels } = comparisonOf("set");
    expect(compared("set", ["Drama", "War"], ["War", "History", "Romance"])).toBe("half in common");
    expect(levels.slice(1).every((level) => (level.weightMin ?? -1) >= 0)).toBe(true);
    expect(compared("set", ["Drama"], ["Comedy"])).toBe("nothing in common");
  });

  test("a shared rare person says more than a shared common one", () => {
    const rare = compared("personList", ["Ada Abara", "B C"], ["Ada Abara"], 1);
    const common = compared("personList", ["Ada Abara", "B C"], ["Ada Abara"], 5_000);
    expect([rare, common]).toEqual([
      "most in common, who are in few records",
      "most in common, who are in many records",
    ]);
    expect(compared("personList", ["Akira Kurosawa"], ["Akira Kurosava"])).toBe("a similar name in both");
  });

  test("works in common are counted by title, whatever the article", () => {
    expect(compared("titleList", ["The Birds", "Psycho"], ["Birds, The"])).toBe(
      "most in common, which are in few records",
    );
    expect(compared("titleList", ["The Birds"], ["Vertigo"])).toBe("no work in common");
  });
});
