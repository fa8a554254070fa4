import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Value } from "../../columns/index.ts";
import { comparedLevel } from "../fixtures/compared.ts";
import { type ComparisonKind, comparisonKinds } from "../settings.ts";
import { levelsMax, nullLevel } from "./contract.ts";
import { comparisonOf } from "./registry.ts";

/** Texts of few letters and words, so that equal, near, contained and repeated parts are frequent. */
const text = fc
  .array(fc.constantFrom("cha", "abba", "baba", "the", "ii", "2", "a.", ":", "(", ")", ",", "é", "город"), {
    maxLength: 6,
  })
  .map((words) => words.join(" "));
const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 10 });
const number = fc.oneof(fc.integer({ min: -3000, max: 3000 }), fc.double({ noNaN: false }));

function valuesOf(kind: ComparisonKind): fc.Arbitrary<Value> {
  if (kind === "year" || kind === "date" || kind === "number" || kind === "difference") return fc.option(number);
  const one = fc.oneof(text, letters);
  const isList = kind === "set" || kind === "intersection" || kind === "personList" || kind === "titleList";
  return isList ? fc.option(fc.array(one, { maxLength: 5 })) : fc.option(one);
}

describe.each(comparisonKinds.map((kind) => ({ kind })))("the comparison of $kind", ({ kind }) => {
  const { levels, ascending, agreesFrom, disagreesUpTo } = comparisonOf({ field: "x", kind });

  test("gives one of its levels, the same in either order, and none where a value is missing", () => {
    fc.assert(
      fc.property(valuesOf(kind), valuesOf(kind), fc.integer({ min: 1, max: 9 }), (left, right, frequency) => {
        const level = comparedLevel(kind, left, right, frequency);
        expect(level).toBeGreaterThanOrEqual(nullLevel);
        expect(level).toBeLessThanOrEqual(levels.length);
        if (left === null || right === null) expect(level).toBe(nullLevel);
      }),
      { seed: 21, numRuns: 2_000 },
    );
  });

  test("never calls a value that says something and itself different", () => {
    fc.assert(
      fc.property(valuesOf(kind), (value) => {
        const level = comparedLevel(kind, value, value);
        expect(level === nullLevel || level >= agreesFrom).toBe(true);
      }),
      { seed: 22, numRuns: 500 },
    );
  });

  test("has levels that a pattern can hold, with bounds and an order that go together", () => {
    expect(levels.length).toBeLessThan(levelsMax);
    expect(disagreesUpTo).toBeLessThan(agreesFrom);
    expect(new Set(levels.map((level) => level.label)).size).toBe(levels.length);
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    for (const { m, u, weightMin = -20, weightMax = 20 } of levels) {
      expect(Math.min(m, u)).toBeGreaterThan(0);
      expect(weightMin).toBeLessThan(weightMax);
    }
  });
});
