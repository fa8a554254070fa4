import { expect, test } from "vitest";
import { contextFeatures } from "./context-features.ts";
import type { PairedRecords } from "./paired-records.ts";

const pairs: PairedRecords = {
  records: { rowCount: 6, columns: [] },
  fields: [],
  left: Int32Array.of(0, 0, 0, 1, 2),
  right: Int32Array.of(3, 4, 5, 3, 3),
};

test("a pair is ranked among the pairs of its left and of its right record, and equal ones alike", () => {
  const similarity = { name: "s", values: Float64Array.of(0.9, 0.5, 0.5, Number.NaN, 0.7) };
  const [rankLeft, marginLeft, rankRight, marginRight] = contextFeatures(pairs, similarity).map(({ values }) => [
    ...values,
  ]);
  expect(rankLeft).toEqual([0, 1, 1, Number.NaN, 0]);
  expect(marginLeft).toEqual([0.4, -0.4, -0.4, Number.NaN, 0.7]);
  expect(rankRight).toEqual([0, 0, 0, Number.NaN, 1]);
  expect(marginRight?.[4]).toBeCloseTo(-0.2);
});
