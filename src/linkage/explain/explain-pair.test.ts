import { describe, expect, test } from "vitest";
import { concatTables, selectRows, type Table } from "../../columns/index.ts";
import { linkInMemory } from "../fixtures/link-in-memory.ts";
import { batchesOf, type MadeRow, madeFields, madeFilms, profilesOf } from "../fixtures/made-records.ts";
import { explainPair, inferLinkage } from "../index.ts";

const sources = ["a", "b"];
const extra: Readonly<Record<string, MadeRow[]>> = {
  a: [["ax", "Quiet Lagoon", 1999, ["Ada Abara"], null, "film"]],
  b: [
    ["bx", "Lagoon, The Quiet", 1999, null, ["war"], "film"],
    ["by", "Zephyr", 1950, ["Zoe Zimmer"], null, "film"],
  ],
};
const batches = new Map(
  [...madeFilms(9, 150, sources)].map(([source, films]) => [
    source,
    batchesOf(source, [...(extra[source] as MadeRow[]), ...films]),
  ]),
);
const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(madeFields, sources) });
const { model, frozen } = linkInMemory(batches, settings);

function explained(left: readonly [source: string, row: number], right: readonly [source: string, row: number]) {
  const record = ([source, row]: readonly [string, number]): Table =>
    selectRows(concatTables((batches.get(source) ?? []).map((batch) => batch.table)), Int32Array.of(row));
  return explainPair(concatTables([record(left), record(right)]), model, frozen);
}

describe("an explanation", () => {
  test("adds up: the prior and all steps are the weight, and the weight is the probability", () => {
    const { priorWeight, steps, weight, probability } = explained(["a", 0], ["b", 0]);
    expect(steps.map((step) => step.field)).toEqual(["title", "year", "directors", "genres"]);
    expect(steps.reduce((sum, step) => sum + step.weight, priorWeight)).toBeCloseTo(weight, 12);
    expect(probability).toBeCloseTo(1 / (1 + 2 ** -weight), 12);
  });

  test("shows both values, the level in words and which way it points", () => {
    const [, year, directors] = explained(["a", 0], ["b", 0]).steps;
    expect(year).toMatchObject({ left: 1999, right: 1999, level: "same year", tendency: "agrees" });
    expect(directors).toMatchObject({
      left: ["Ada Abara"],
      right: null,
      level: "no value on one side",
      tendency: "missing",
      weight: 0,
    });
  });

  test("of a pair that no rule makes says so, and is of little weight", () => {
    const { rule, steps, probability } = explained(["a", 0], ["b", 1]);
    expect(rule).toBeNull();
    expect(steps[0]?.tendency).toBe("differs");
    expect(probability).toBeLessThan(0.001);
  });

  test("is the same the other way round", () => {
    for (const row of [0, 1, 5, 9]) {
      const forth = explained(["a", 0], ["b", row]);
      const back = explained(["b", row], ["a", 0]);
      expect([back.rule, back.weight]).toEqual([forth.rule, forth.weight]);
    }
  });
});
