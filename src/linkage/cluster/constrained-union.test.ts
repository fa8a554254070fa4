import fc from "fast-check";
import { expect, test } from "vitest";
import { ConstrainedUnion } from "./constrained-union.ts";

const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 });

test("whatever is joined in whatever order, a group keeps to one value of a trait, one record a source, and all that was kept apart", () => {
  fc.assert(
    fc.property(
      edges,
      fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 6 }),
      fc.array(fc.nat(2), { minLength: 20, maxLength: 20 }),
      (joins, apart, levels) => {
        const traits = {
          source: Uint8Array.from({ length: 20 }, (_, i) => i % 5),
          traits: [{ values: Int32Array.from(levels) }],
        };
        const union = new ConstrainedUnion(traits);
        const kept = apart.filter(([a, b]) => a !== b && union.keepApart(a, b));
        for (const [a, b] of joins)
          if (union.find(a) !== union.find(b) && union.refusal(a, b, true) === null) union.join(a, b);
        for (const [a, b] of kept) expect(union.find(a)).not.toBe(union.find(b));
        for (const group of Map.groupBy(traits.source.keys(), (record) => union.find(record)).values()) {
          expect(new Set(group.map((record) => traits.source[record])).size).toBe(group.length);
          expect(
            new Set(group.map((record) => levels[record]).filter((level) => level !== 0)).size,
          ).toBeLessThanOrEqual(1);
        }
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

test("two groups kept apart stay apart through every record that joins them", () => {
  const union = new ConstrainedUnion({ source: Uint8Array.of(0, 1, 2, 3), traits: [] });
  union.keepApart(0, 3);
  union.join(0, 1);
  union.join(2, 3);
  expect(union.refusal(1, 2, false)).toBe("decision");
});
