import { expect, test } from "vitest";
import { linkInMemory } from "../fixtures/link-in-memory.ts";
import { batchesOf, madeFields, type MadeRow, profilesOf } from "../fixtures/made-records.ts";
import { inferLinkage } from "../infer-linkage.ts";

/** 300 films, of which each tenth has a misspelt title in the other source, and each seventh no director there. */
const films = Array.from({ length: 300 }, (_, i): [MadeRow, MadeRow] => [
  [`a${i}`, `Harbour ${i} of the Golden ${i * 7}`, 1950 + (i % 60), [`Ada Abara${i}`], ["drama"], "film"],
  [
    `b${i}`,
    i % 10 === 3 ? `Harbor ${i} of the Golden ${i * 7}` : `Harbour ${i} of the Golden ${i * 7}`,
    1950 + (i % 60),
    i % 7 === 0 ? null : [`Ada Abara${i}`],
    ["drama"],
    "film",
  ],
]);
const batches = new Map([
  [
    "a",
    batchesOf(
      "a",
      films.map(([a]) => a),
    ),
  ],
  [
    "b",
    batchesOf(
      "b",
      films.map(([, b]) => b),
    ),
  ],
]);
const settings = inferLinkage(
  { entityType: "film", sources: ["a", "b"], fields: profilesOf(madeFields, ["a", "b"]) },
  {
    rules: [
      { name: "title", keys: [{ field: "title", maker: "title" }] },
      { name: "director", keys: [{ field: "directors", maker: "persons" }] },
    ],
  },
);

test("matches are counted by what finds them, the same for any number of shards, and rules on one field judge the others", () => {
  const { recall } = linkInMemory(batches, settings, 1);
  expect(linkInMemory(batches, settings, 5).recall).toEqual(recall);
  // Of the 257 with a director on both sides, 26 have a misspelt title.
  expect(recall.families).toMatchObject([
    { field: "title", found: 231, trials: 257 },
    { field: "directors", found: 231, trials: 231 },
  ]);
  // Another 4 of those without a director have a misspelt title too, which no rule finds.
  expect(recall.matches).toBe(296);
  expect(recall.recall).toBeCloseTo(296 / 300, 2);
  expect(recall.interval?.low).toBeLessThan(296 / 300);
});
