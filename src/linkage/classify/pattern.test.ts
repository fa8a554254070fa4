import fc from "fast-check";
import { expect, test } from "vitest";
import { packPattern, unpackPattern } from "./pattern.ts";

test("up to twelve comparisons, each of sixteen levels, are packed into one number and back", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(15), { maxLength: 12 }), (levels) => {
      const pattern = packPattern(levels);
      expect(Number.isSafeInteger(pattern)).toBe(true);
      expect(unpackPattern(pattern, levels.length)).toEqual(levels);
    }),
    { seed: 72, numRuns: 500, examples: [[Array<number>(12).fill(15)]] },
  );
});
