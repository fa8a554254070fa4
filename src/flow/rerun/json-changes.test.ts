import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonChanges } from "./json-changes.ts";

test("changes are told at the deepest place", () => {
  const before = { counts: { film: [1, 2] }, "two words": true, gone: null };
  const after = { counts: { film: [1, 3, 4] }, "two words": false };
  expect(jsonChanges(before, after)).toEqual([
    { path: "counts.film[1]", before: 2, after: 3 },
    { path: "counts.film[2]", before: undefined, after: 4 },
    { path: '["two words"]', before: true, after: false },
    { path: "gone", before: null, after: undefined },
  ]);
  expect(jsonChanges([], {})).toEqual([{ path: "", before: [], after: {} }]);
});

test("there is a change exactly where two values are not the same JSON", () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(jsonChanges(before, before)).toEqual([]);
      const same = isEqual(before, after);
      expect(jsonChanges(before, after).length === 0).toBe(same);
    }),
    { seed: 18 },
  );
});

function isEqual(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown): unknown =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? Array.isArray(value)
        ? value.map(sorted)
        : value
      : Object.entries(value)
          .toSorted(([x], [y]) => (x < y ? -1 : 1))
          .map(([name, inner]) => [name, sorted(inner)]);
  return JSON.stringify([Array.isArray(a), sorted(a)]) === JSON.stringify([Array.isArray(b), sorted(b)]);
}
