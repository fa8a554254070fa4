import fc from "fast-check";
import { expect, test } from "vitest";
import { monotone } from "./monotone.ts";

const points = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 9 })), {
  minLength: 1,
  maxLength: 8,
});

/** The classic closed form: the largest over starts of the smallest over ends of the means between. */
function byMaxMin(values: readonly number[], importance: readonly number[]): number[] {
  const meanOf = (from: number, to: number): number => {
    const at = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const weight = at.reduce((sum, i) => sum + (importance[i] as number), 0);
    return at.reduce((sum, i) => sum + (values[i] as number) * (importance[i] as number), 0) / weight;
  };
  return values.map((_, i) =>
    Math.max(
      ...Array.from({ length: i + 1 }, (_from, from) =>
        Math.min(...Array.from({ length: values.length - i }, (_to, to) => meanOf(from, i + to))),
      ),
    ),
  );
}

test("values that fall are pooled as isotonic regression's closed form says", () => {
  fc.assert(
    fc.property(points, (drawn) => {
      const values = drawn.map(([value]) => value);
      const importance = drawn.map(([, weight]) => weight);
      const found = monotone(values, importance);
      byMaxMin(values, importance).forEach((expected, i) => {
        expect(found[i]).toBeCloseTo(expected, 9);
      });
    }),
    { seed: 71, numRuns: 500 },
  );
});

test("values that never fall stay as they are", () => {
  expect(monotone([-3, -3, 0, 7], [1, 5, 2, 1])).toEqual([-3, -3, 0, 7]);
});
