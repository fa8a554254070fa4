import fc from "fast-check";
import { expect, test } from "vitest";
import { type Link, weakestCut } from "./cut.ts";

const strengthAcross = (links: readonly Link[], side: ArrayLike<number>): number =>
  links.reduce((sum, { a, b, strength }) => sum + (side[a] === side[b] ? 0 : strength), 0);

function drawnLinks(memberCount: number) {
  const member = fc.nat(memberCount - 1);
  return fc
    .array(fc.tuple(member, member, fc.integer({ min: 1, max: 20 })), { maxLength: 24 })
    .map((drawn) => drawn.flatMap(([a, b, strength]): Link[] => (a === b ? [] : [{ a, b, strength }])));
}

test("a cut of a small entity is the weakest of all there are", () => {
  fc.assert(
    fc.property(drawnLinks(7), (links) => {
      const cut = weakestCut(7, links, 0, 6) as Uint8Array;
      expect([cut[0], cut[6]]).toEqual([1, 0]);
      let weakest = Number.POSITIVE_INFINITY;
      for (let others = 0; others < 32; others++) {
        const side = [1, ...[0, 1, 2, 3, 4].map((bit) => (others >> bit) & 1), 0];
        weakest = Math.min(weakest, strengthAcross(links, side));
      }
      expect(strengthAcross(links, cut)).toBeCloseTo(weakest, 9);
    }),
    { seed: 71, numRuns: 500 },
  );
});

test("a chain of any length is cut at its weakest link, exactly or not", () => {
  for (const memberCount of [5, 64, 65, 300]) {
    const links = Array.from({ length: memberCount - 1 }, (_, a) => ({
      a,
      b: a + 1,
      strength: a === 2 ? 1 : 5 + (a % 3),
    }));
    const cut = weakestCut(memberCount, links, 0, memberCount - 1) as Uint8Array;
    expect(cut.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(strengthAcross(links, cut)).toBe(1);
  }
});

test("what may not be cut is not", () => {
  for (const memberCount of [3, 200]) {
    const held = [0, 1].map((a) => ({ a, b: a + 1, strength: Number.POSITIVE_INFINITY }));
    expect(weakestCut(memberCount, held, 0, 2)).toBeNull();
    expect(weakestCut(memberCount, [...held, { a: 0, b: 2, strength: 3 }], 0, 2)).toBeNull();
  }
});
