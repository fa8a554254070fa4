import fc from "fast-check";
import { expect, test } from "vitest";
import { type PairColumns, pairChanges } from "./index.ts";

const recordCount = 8;

interface Kept {
  readonly left: number;
  readonly right: number;
  readonly isMatch: boolean;
}

const kept: fc.Arbitrary<Kept[]> = fc.uniqueArray(
  fc
    .record({
      left: fc.integer({ min: 0, max: recordCount - 1 }),
      right: fc.integer({ min: 0, max: recordCount - 1 }),
      isMatch: fc.boolean(),
    })
    .filter(({ left, right }) => left !== right),
  { selector: keyOf },
);

function keyOf({ left, right }: Omit<Kept, "isMatch">): string {
  return `${Math.min(left, right)} ${Math.max(left, right)}`;
}

function columnsOf(pairs: readonly Kept[]): PairColumns {
  return {
    left: Int32Array.from(pairs, ({ left }) => left),
    right: Int32Array.from(pairs, ({ right }) => right),
    isMatch: Uint8Array.from(pairs, ({ isMatch }) => Number(isMatch)),
  };
}

test("matches that came and went are those of one set and not the other, in whatever order the pairs are kept", () => {
  fc.assert(
    fc.property(kept, kept, (before, after) => {
      const found = pairChanges(columnsOf(before), columnsOf(after), recordCount);
      const matches = (pairs: readonly Kept[]): Set<string> => new Set(pairs.filter((one) => one.isMatch).map(keyOf));
      const [was, is] = [matches(before), matches(after)];
      const keys = Array.from(found.before, (place, i) =>
        keyOf((before[place] ?? after[found.after[i] as number]) as Kept),
      );
      const inOne = [...was, ...is].filter((key) => was.has(key) !== is.has(key));
      expect(new Set(keys)).toEqual(new Set(inOne));
      expect(new Set(keys).size).toBe(keys.length);
      expect(found.sameCount).toBe([...was].filter((key) => is.has(key)).length);
      found.after.forEach((place, i) => {
        if (place >= 0) expect(keyOf(after[place] as Kept)).toBe(keys[i]);
      });
    }),
  );
});

test("a pair that is kept in both is found at its place in both, though only one calls it a match", () => {
  const [before, after] = [
    [{ left: 3, right: 1, isMatch: true }],
    [
      { left: 0, right: 2, isMatch: false },
      { left: 1, right: 3, isMatch: false },
    ],
  ];
  expect(pairChanges(columnsOf(before), columnsOf(after), recordCount)).toEqual({
    before: Int32Array.of(0),
    after: Int32Array.of(1),
    sameCount: 0,
  });
});
