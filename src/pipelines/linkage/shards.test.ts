import { expect, test } from "vitest";
import { shardSlices, sliceKey } from "./shards.ts";

const items = [0, 1, 2].map((index) => ({ entityType: "film", index, count: 3 }));

test("a shard that makes many pairs is scored by several tasks, the others by one each", () => {
  const slices = shardSlices(
    items,
    [
      { pairsByRule: [90, 11], recordCount: 0 },
      { pairsByRule: [0, 0], recordCount: 9 },
      { pairsByRule: [200, 0], recordCount: 2 },
    ],
    100,
  );
  expect(slices.map(sliceKey)).toEqual(["film-0.1of2", "film-0.2of2", "film-1", "film-2"]);
  expect(slices.map(({ slice }) => slice)).toEqual([
    { index: 0, count: 2 },
    { index: 1, count: 2 },
    { index: 0, count: 1 },
    { index: 0, count: 1 },
  ]);
});
