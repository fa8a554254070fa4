import fc from "fast-check";
import { expect, test } from "vitest";
import { checkGates } from "./gates.ts";

const number = fc.double({ noNaN: true });

test("a figure passes the gates that it is within, bounds included", () => {
  fc.assert(
    fc.property(number, number, (figure, bound) => {
      const [min, max] = checkGates({ minMatches: bound, maxMatches: bound }, { matches: figure });
      expect([min?.passed, max?.passed]).toEqual([figure >= bound, figure <= bound]);
      expect(min).toMatchObject({ gate: "minMatches", figure: "matches", bound, seen: figure });
    }),
  );
});

test("a figure that is not known passes no gate", () => {
  const figures = { precision: null, recall: Number.NaN };
  const gates = { minPrecision: 0, maxRecall: 1, minToString: 0, maxMatches: Number.POSITIVE_INFINITY };
  expect(checkGates(gates, figures).map(({ passed, seen }) => [passed, seen])).toEqual(Array(4).fill([false, null]));
});

test("a gate that bounds nothing is an error", () => {
  for (const gate of ["matches", "minimum", "maxmatches", ""])
    expect(() => checkGates({ [gate]: 1 }, { matches: 1 })).toThrow(/expected min or max and a figure/);
});
