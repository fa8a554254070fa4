import fc from "fast-check";
import { expect, test } from "vitest";
import { distributionOf } from "./distribution.ts";

test("the slowest 1 % of 200 tasks are two, and have the share of the time that they took", () => {
  const values = [...new Array<number>(198).fill(10), 500, 520];
  expect(distributionOf(values)).toEqual({
    count: 200,
    p50: 10,
    p95: 10,
    max: 520,
    total: 3_000,
    slowestShare: 0.34,
  });
  expect(distributionOf([])).toBeNull();
});

test("quantiles are numbers that are there, in order, whatever the order of the tasks", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 300 }), (values) => {
      const found = distributionOf(values);
      expect(found).toEqual(distributionOf(values.toReversed()));
      if (found === null) return;
      expect(values).toEqual(expect.arrayContaining([found.p50, found.p95, found.max]));
      expect(found.p50).toBeLessThanOrEqual(found.p95);
      expect(found.p95).toBeLessThanOrEqual(found.max);
      const below = values.filter((value) => value <= found.p95).length;
      expect(below / values.length).toBeGreaterThanOrEqual(0.95);
      expect(found.slowestShare).toBeGreaterThan(0);
      expect(found.slowestShare).toBeLessThanOrEqual(1);
    }),
    { seed: 95 },
  );
});
