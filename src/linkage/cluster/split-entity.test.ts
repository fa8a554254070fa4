import fc from "fast-check";
import { expect, test } from "vitest";
import type { Link } from "./cut.ts";
import { splitEntity } from "./split-entity.ts";

const link = (a: number, b: number, strength: number): Link => ({ a, b, strength });

test("two tight groups that one weak link joins fall apart where a pair across contradicts it", () => {
  const links = [link(0, 1, 9), link(1, 2, 8), link(0, 2, 7), link(3, 4, 9), link(2, 3, 0.5)];
  const [cut, ...more] = splitEntity({ memberCount: 5, links, contradictions: [link(0, 4, 5)] });
  expect(more).toEqual([]);
  expect([...(cut?.side ?? [])]).toEqual([1, 1, 1, 2, 2]);
  expect(cut).toMatchObject({ links: 1, strength: 0.5, contradictions: 1, against: 5 });
});

test("a contradiction that is weaker than what holds the sides together cuts nothing", () => {
  const links = [link(0, 1, 9), link(1, 2, 6)];
  expect(splitEntity({ memberCount: 3, links, contradictions: [link(0, 2, 5)] })).toEqual([]);
});

test("no contradiction is left that outweighs the weakest cut, and without one nothing is cut", () => {
  const member = fc.nat(6);
  const drawn = fc
    .array(fc.tuple(member, member, fc.integer({ min: 1, max: 9 })), { maxLength: 20 })
    .map((all) => all.flatMap(([a, b, strength]) => (a === b ? [] : [link(a, b, strength)])));
  fc.assert(
    fc.property(drawn, drawn, (links, contradictions) => {
      expect(splitEntity({ memberCount: 7, links, contradictions: [] })).toEqual([]);
      const part = new Int32Array(7);
      splitEntity({ memberCount: 7, links, contradictions }).forEach(({ side, strength, against }, i) => {
        expect(against).toBeGreaterThan(strength);
        for (let one = 0; one < 7; one++) if (side[one] === 2) part[one] = i + 1;
      });
      const inner = links.filter(({ a, b }) => part[a] === part[b]);
      const left = contradictions.filter(({ a, b }) => part[a] === part[b]);
      expect(splitEntity({ memberCount: 7, links: inner, contradictions: left })).toEqual([]);
    }),
    { seed: 72, numRuns: 300 },
  );
});
