import { expect, test } from "vitest";
import { wilson } from "./interval.ts";

test("Wilson's interval is that of his formula, worked out by hand", () => {
  // 8 of 10: (.8 + 1.92073/10 ± 1.95996 * sqrt(.016 + .0096036)) / 1.384146
  const { low, high } = wilson(8, 10) as { low: number; high: number };
  expect(low).toBeCloseTo(0.490162, 5);
  expect(high).toBeCloseTo(0.943318, 5);
});

test("Wilson's interval stays within 0 and 1, holds the share, and claims no certainty", () => {
  for (const [right, all] of [
    [0, 1],
    [1, 1],
    [30, 30],
    [0, 30],
    [1, 1000],
  ] as const) {
    const { low, high } = wilson(right, all) as { low: number; high: number };
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
    expect(low - 1e-12).toBeLessThanOrEqual(right / all);
    expect(high + 1e-12).toBeGreaterThanOrEqual(right / all);
    expect(high - low).toBeGreaterThan(0);
  }
  expect(wilson(0, 0)).toBeNull();
});
