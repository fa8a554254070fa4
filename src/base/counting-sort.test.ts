import fc from "fast-check";
import { expect, test } from "vitest";
import { descendingOrder, orderOfNumbers, sortByNumber, sortedNumbers, wholeNumbers } from "./counting-sort.ts";

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

test("whole numbers of any size are sorted, equal ones as they stand", () => {
  const number = fc.oneof(fc.nat(9), fc.maxSafeNat(), fc.constantFrom(0, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), (list) => {
      const numbers = Float64Array.from(list);
      const expected = [...list.keys()].sort((a, b) => (list[a] as number) - (list[b] as number));
      expect([...orderOfNumbers(numbers)]).toEqual(expected);
      expect([...sortedNumbers(numbers)]).toEqual(expected.map((i) => list[i]));
    }),
    { seed: 10 },
  );
});

test("any numbers are put in descending order, equal ones as they stand", () => {
  const number = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, -0, 1e-310));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), (list) => {
      const [numbers, places] = [Float64Array.from(list), [...list.keys()]];
      const expected = places.sort((a, b) =>
        (list[a] as number) > (list[b] as number) ? -1 : Number(list[a] !== list[b]),
      );
      expect([...descendingOrder(numbers)]).toEqual(expected);
    }),
    { seed: 11 },
  );
});
