import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, jaroWinkler } from "./similarity.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });

test("Jaro-Winkler gives the values of Winkler's own tables", () => {
  const pairs = [
    ["martha", "marhta", 0.9611],
    ["dwayne", "duane", 0.84],
    ["dixon", "dicksonx", 0.8133],
    ["jones", "johnson", 0.8324],
    ["abroms", "abrams", 0.9222],
  ] as const;
  for (const [a, b, expected] of pairs) expect(jaroWinkler(a, b)).toBeCloseTo(expected, 4);
  expect([jaroWinkler("abc", "xyz"), jaroWinkler("", "abc"), jaroWinkler("same", "same")]).toEqual([0, 0, 1]);
});

test("Jaro-Winkler is rapidfuzz's, for texts long and short, in any script", () => {
  const file = new URL("../../../test/vectors/jaro-winkler.jsonl", import.meta.url);
  const vectors = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(vectors.length).toBe(3_000);
  for (const line of vectors) {
    const [left, right, expected] = JSON.parse(line) as [string, string, number];
    expect(jaroWinkler(left, right), line).toBeCloseTo(expected, 12);
  }
});

test("Jaro-Winkler is the same in either order", () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      expect(jaroWinkler(a, b)).toBeCloseTo(jaroWinkler(b, a), 12);
    }),
    { seed: 31, numRuns: 5_000 },
  );
});

/** The definition of Levenshtein's distance, without a bound. */
function distanceByDefinition(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const rest = distanceByDefinition(a.slice(1), b.slice(1));
  if (a[0] === b[0]) return rest;
  return 1 + Math.min(rest, distanceByDefinition(a.slice(1), b), distanceByDefinition(a, b.slice(1)));
}

test("the edit distance is Levenshtein's, up to its limit", () => {
  const short = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
  fc.assert(
    fc.property(short, short, fc.integer({ min: 0, max: 6 }), (a, b, limit) => {
      expect(editDistance(a, b, limit)).toBe(Math.min(distanceByDefinition(a, b), limit + 1));
    }),
    { seed: 32, numRuns: 500 },
  );
});
