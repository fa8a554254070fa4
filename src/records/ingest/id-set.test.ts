import fc from "fast-check";
import { expect, test } from "vitest";
import { IdSet } from "./id-set.ts";

test("a set of ids finds what a Map finds, also while it grows", () => {
  const ids = fc.array(
    fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.string({ unit: "grapheme", maxLength: 2 }),
      fc.integer({ max: 5000 }).map(String),
    ),
    {
      minLength: 1,
      maxLength: 9000,
    },
  );
  fc.assert(
    fc.property(ids, (list) => {
      const set = new IdSet();
      const known = new Map<string, number>();
      list.forEach((id, place) => {
        const bytes = Buffer.from(id);
        const earlier = place % 2 === 0 ? set.add(id, place) : set.addUtf8(bytes, 0, bytes.length, place);
        expect(earlier).toBe(known.get(id) ?? -1);
        if (!known.has(id)) known.set(id, place);
      });
    }),
    { seed: 5, numRuns: 10 },
  );
});

test("a hundred thousand ids that differ in one digit are told apart", () => {
  const set = new IdSet();
  let repeats = 0;
  for (let i = 0; i < 100_000; i++) if (set.add(`tt${i}`, i) >= 0) repeats++;
  expect(repeats).toBe(0);
  expect(set.add("tt77777", 100_000)).toBe(77_777);
});
