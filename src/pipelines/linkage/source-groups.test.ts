import fc from "fast-check";
import { expect, test } from "vitest";
import { sourceGroups } from "./source-groups.ts";

const recordCounts = fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 1, maxLength: 9 });

test("every source is in one group, in order, after those that the group says come before", () => {
  fc.assert(
    fc.property(recordCounts, (counts) => {
      const sources = counts.map((recordCount, i) => ({ source: `s${i}`, recordCount }));
      const groups = sourceGroups("film", sources);
      expect(groups.flatMap((group) => group.sources)).toEqual(sources.map(({ source }) => source));
      groups.forEach((group, i) => {
        expect(group.before).toEqual(groups.slice(0, i).flatMap((earlier) => earlier.sources));
      });
      expect(groups.length).toBeLessThanOrEqual(3);
    }),
    { seed: 7 },
  );
});

test("two large sources are written side by side, small ones by one task, and a type without a source by one all the same", () => {
  const of = (...counts: number[]) => counts.map((recordCount, i) => ({ source: `s${i}`, recordCount }));
  expect(sourceGroups("film", of(393_000, 314_400)).map(({ sources }) => sources)).toEqual([["s0"], ["s1"]]);
  expect(sourceGroups("film", of(300, 200, 100))).toHaveLength(1);
  expect(sourceGroups("person", [])).toEqual([{ entityType: "person", sources: [], before: [] }]);
});
