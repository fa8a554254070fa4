import fc from "fast-check";
import { expect, test } from "vitest";
import { DisjointSets } from "./disjoint-sets.ts";
import { countTrivialPairs, trivialEntities } from "./trivial-groups.ts";
import { trivialMatcher, trivialRule } from "./trivial-rule.ts";
import { recordKey } from "./truth.ts";

const records = fc
  .array(
    fc.record({
      source: fc.constantFrom("a", "b", "c"),
      title: fc.option(fc.constantFrom("Mother", "Mother!", "Harbour")),
      year: fc.option(fc.integer({ min: 1990, max: 1996 })),
    }),
    { maxLength: 30 },
  )
  .map((made) => made.map((record, i) => ({ ...record, id: String(i) })));
const clusterOf = ({ id }: { readonly id: string }): string => String(Number(id) % 3);

test("the trivial rule's pairs are counted as they would be listed", () => {
  fc.assert(
    fc.property(records, fc.boolean(), (made, dedupe) => {
      const pairs = trivialRule(made, dedupe);
      const right = pairs.filter(({ left, right }) => clusterOf(left) === clusterOf(right)).length;
      expect(countTrivialPairs(made, clusterOf, dedupe)).toEqual({ found: pairs.length, right });
      const listed = new Set(pairs.map(({ left, right }) => `${left.id} ${right.id}`));
      const isPair = trivialMatcher(made, dedupe);
      made.forEach((left, i) => {
        for (const right of made.slice(i + 1))
          expect(isPair({ left, right })).toBe(listed.has(`${left.id} ${right.id}`));
      });
    }),
    { seed: 71, numRuns: 200 },
  );
});

test("the trivial rule's entities are what joining all its pairs would make", () => {
  fc.assert(
    fc.property(records, fc.boolean(), (made, dedupe) => {
      const sets = new DisjointSets(made.length);
      for (const { left, right } of trivialRule(made, dedupe)) sets.join(Number(left.id), Number(right.id));
      const entities = trivialEntities(made, dedupe);
      const entityOf = (record: (typeof made)[number]): string => entities.get(recordKey(record)) ?? recordKey(record);
      for (const left of made)
        for (const right of made)
          expect(entityOf(left) === entityOf(right)).toBe(sets.find(Number(left.id)) === sets.find(Number(right.id)));
    }),
    { seed: 72, numRuns: 200 },
  );
});

test("a hundred thousand films of one name are counted without a list of their pairs", () => {
  const made = Array.from({ length: 100_000 }, (_, i) => ({
    source: i % 2 ? "a" : "b",
    id: String(i),
    title: "Mother",
    year: 2000,
  }));
  expect(countTrivialPairs(made, () => "x", false)).toEqual({ found: 50_000 ** 2, right: 50_000 ** 2 });
});
