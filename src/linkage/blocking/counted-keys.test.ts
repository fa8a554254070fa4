import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyCounter, mergeCounted } from "./counted-keys.ts";

const keys = fc.array(fc.nat(9), { maxLength: 40 });

function counted(values: readonly number[]) {
  const counter = new KeyCounter();
  for (const value of values) counter.add(value);
  return counter.counted();
}

/** The counts by definition: each distinct number, ascending, with how often it is there. */
function tallied(values: readonly number[]): [number, number][] {
  return [...Map.groupBy(values, (value) => value)]
    .map(([key, all]): [number, number] => [key, all.length])
    .sort((a, b) => a[0] - b[0]);
}

const entries = ({ keys: of, counts }: ReturnType<typeof counted>) => [...of].map((key, i) => [key, counts[i]]);

test("numbers are counted exactly, in whatever order and parts they come", () => {
  fc.assert(
    fc.property(keys, keys, (first, second) => {
      expect(entries(counted([...first, ...second]))).toEqual(tallied([...first, ...second]));
      const merged = mergeCounted(counted(first), counted(second), (a, b) => a + b);
      expect(entries(merged)).toEqual(tallied([...first, ...second]));
    }),
    { seed: 42, numRuns: 300 },
  );
});

test("more numbers than are kept pending are counted all the same", () => {
  const count = 600_000;
  const { keys: distinct, counts } = counted(Array.from({ length: count }, (_, i) => i % 7));
  expect([...distinct]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(count);
});
