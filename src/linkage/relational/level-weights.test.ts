import fc from "fast-check";
import { expect, test } from "vitest";
import { relationalDefaults } from "../defaults.ts";
import { levelWeights } from "./level-weights.ts";

const drawn = fc.array(fc.tuple(fc.nat(2), fc.nat(1), fc.integer({ min: -10, max: 12 })), { maxLength: 80 });
const weightsOf = (pairs: readonly (readonly [level: number, eligible: number, weight: number])[], order?: number[]) =>
  levelWeights(
    Uint8Array.from(pairs, ([level]) => level),
    Uint8Array.from(pairs, ([, eligible]) => eligible),
    Float64Array.from(pairs, ([, , weight]) => weight),
    Int32Array.from(order ?? pairs.keys()),
  );

test("that nothing is shared is no evidence, more is never worth less, and no weight is above the bound", () => {
  fc.assert(
    fc.property(drawn, (pairs) => {
      const [none, some, most] = weightsOf(pairs);
      expect(none).toBe(0);
      expect(some).toBeGreaterThanOrEqual(0);
      expect(most).toBeGreaterThanOrEqual(some);
      expect(most).toBeLessThanOrEqual(relationalDefaults.weightMax);
    }),
    { seed: 91, numRuns: 300 },
  );
});

test("what only matches share is worth much, and what all pairs share nothing", () => {
  const match = Array.from({ length: 300 }, () => [2, 1, 9] as const);
  const rest = (level: number) => Array.from({ length: 300 }, () => [level, 1, -9] as const);
  expect(weightsOf([...match, ...rest(0)])[2]).toBe(relationalDefaults.weightMax);
  expect(weightsOf([...match, ...rest(2)])[2]).toBeLessThan(0.2);
});
