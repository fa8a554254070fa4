import fc from "fast-check";
import { expect, test } from "vitest";
import { sortByNumber, wholeNumbers } from "./counting-sort.ts";

test("items sorted by a number are in its order, those of one number in their own", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 200 }), (keys) => {
      const items = wholeNumbers(keys.length).reverse();
      const sorted = sortByNumber(items, Int32Array.from(keys), 21);
      expect([...sorted]).toEqual([...items].sort((a, b) => (keys[a] as number) - (keys[b] as number)));
    }),
    { seed: 9 },
  );
});
