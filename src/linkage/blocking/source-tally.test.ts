import { expect, test } from "vitest";
import { columnOf } from "../../columns/index.ts";
import { batchesOf, type MadeRow, madeFields, profilesOf } from "../fixtures/made-records.ts";
import { inferLinkage } from "../infer-linkage.ts";
import { blockKeys } from "./block-keys.ts";
import { type SourceCounts, SourceTally } from "./source-tally.ts";

const settings = inferLinkage({ entityType: "film", sources: ["a", "b"], fields: profilesOf(madeFields, ["a", "b"]) });

function counted(rows: readonly MadeRow[], batchRows: number): SourceCounts {
  const tally = new SourceTally(settings, "a");
  for (const batch of batchesOf("a", rows, madeFields, batchRows)) tally.add(batch, blockKeys(batch, settings));
  return tally.finish();
}

const films = Array.from(
  { length: 5_000 },
  (_, i): MadeRow => [`a${i}`, `Silent River ${i % 1_000}`, 1950 + (i % 50), [`Person ${i % 90}`], null, "film"],
);

test("a source of any size is sampled within a bound, and the same records however it is cut into batches", () => {
  const idsOf = ({ sample }: SourceCounts): string[] => {
    const { dictionary, ids } = columnOf(sample, "id", "text");
    return Array.from(ids, (id) => dictionary.get(id));
  };
  const whole = idsOf(counted(films, 5_000));
  expect(whole).toHaveLength(1_500);
  expect(idsOf(counted(films, 333))).toEqual(whole);
});

test("a source smaller than the bound is its own sample", () => {
  expect(counted(films.slice(0, 70), 9).sample.rowCount).toBe(70);
});

test("values are counted by record, and those that are there once are left out", () => {
  const { values } = counted(films.slice(0, 1_010), 100);
  const comparison = columnOf(values, "comparison", "number").values;
  const count = columnOf(values, "count", "number").values;
  const title = settings.comparisons.findIndex((one) => one.field === "title");
  // The titles of the first ten films come again.
  expect(Array.from(count).filter((_, i) => comparison[i] === title)).toEqual(Array(10).fill(2));
});
