import { expect, test } from "vitest";
import { type Judged, reliability } from "./calibration.ts";

const judged = (probability: number, match: boolean): Judged => ({ probability, match });

test("pairs that are as often true as their probability says have no calibration error", () => {
  const pairs = Array.from({ length: 60 }, (_, i) => judged(0.5, i % 2 === 0));
  expect(reliability(pairs).calibrationError).toBeCloseTo(0, 12);
});

test("the error is the mean distance of probability and truth, worked out by hand", () => {
  // Two bins of one pair each: |.2 - 0| and |.6 - 1|.
  const { calibration, calibrationError } = reliability([judged(0.6, true), judged(0.2, false)]);
  expect(calibration).toEqual([
    { pairs: 1, meanProbability: 0.2, matchShare: 0 },
    { pairs: 1, meanProbability: 0.6, matchShare: 1 },
  ]);
  expect(calibrationError).toBeCloseTo(0.3, 12);
});

test("bins are of equal size, ascending, and hold every doubtful pair once", () => {
  const { calibration } = reliability(Array.from({ length: 100 }, (_, i) => judged((i + 0.5) / 100, i > 50)));
  expect(calibration).toHaveLength(15);
  const sizes = calibration.map((bin) => bin.pairs);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  // .005 and .995 are as good as certain.
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(98);
  const means = calibration.map((bin) => bin.meanProbability);
  expect(means).toEqual(means.toSorted((a, b) => a - b));
});

test("pairs that are as good as certain do not hide how the others are judged", () => {
  const doubtful = Array.from({ length: 10 }, () => judged(0.9, false));
  const certain = Array.from({ length: 10_000 }, () => judged(0.999, true));
  expect(reliability([...doubtful, ...certain]).calibrationError).toBeCloseTo(0.9, 12);
});

test("without a doubtful pair there is nothing to be wrong about", () => {
  expect(reliability([judged(1, true), judged(0, false)])).toEqual({ calibration: [], calibrationError: 0 });
});

test("the order of pairs means nothing, also where many have one probability", () => {
  const pairs = Array.from({ length: 90 }, (_, i) => judged(i % 3 === 0 ? 0.4 : 0.7, i % 2 === 0));
  const sorted = pairs.toSorted((a, b) => Number(a.match) - Number(b.match));
  expect(reliability(sorted)).toEqual(reliability(pairs));
});
