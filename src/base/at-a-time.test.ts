import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { atATime } from "./at-a-time.ts";

test("work is done in the order of its items whatever order it ends in, never more at a time than asked", async () => {
  const turns = fc.array(fc.nat({ max: 5 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(turns, fc.integer({ min: 1, max: 9 }), async (items, count) => {
      let [underWay, most] = [0, 0];
      const results = await atATime(count, items, async (waits) => {
        most = Math.max(most, ++underWay);
        for (let turn = 0; turn <= waits; turn++) await setImmediate();
        underWay -= 1;
        return waits;
      });
      expect(results).toEqual(items);
      expect(most).toBe(Math.min(count, items.length));
    }),
    { seed: 20261126, numRuns: 50 },
  );
});

test("after a failure nothing further begins, and what is under way has ended when it is told", async () => {
  const begun: number[] = [];
  let underWay = 0;
  const all = atATime(3, [0, 1, 2, 3, 4, 5], async (item) => {
    begun.push(item);
    underWay += 1;
    try {
      if (item === 1) throw new Error("one");
      for (let turn = 0; turn < 5; turn++) await setImmediate();
    } finally {
      underWay -= 1;
    }
  });
  await expect(all).rejects.toThrow("one");
  expect(begun).toEqual([0, 1, 2]);
  expect(underWay).toBe(0);
});
