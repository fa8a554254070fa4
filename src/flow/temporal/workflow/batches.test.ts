import fc from "fast-check";
import { expect, test } from "vitest";
import { TaskTimes } from "./batches.ts";

test("tasks go one by one until four are known, then as many as take two seconds, fifty at most", () => {
  const times = new TaskTimes(null);
  expect(times.batchSize()).toBe(1);
  times.add(1, 1_500);
  for (let i = 0; i < 2; i++) times.add(1, 100);
  expect(times.batchSize()).toBe(1);
  times.add(1, 100);
  expect(times.batchSize()).toBe(20);
  expect(new TaskTimes(5_000).batchSize()).toBe(1);
  expect(new TaskTimes(1).batchSize()).toBe(50);
});

test("whatever tasks take, a batch has one to fifty, and of tasks that all take as long no more than two seconds' worth", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 4, max: 200 }), (taskMs, count) => {
      const times = new TaskTimes(null);
      for (let i = 0; i < count; i++) times.add(1, taskMs);
      const size = times.batchSize();
      expect(size).toBeGreaterThanOrEqual(1);
      expect(size).toBeLessThanOrEqual(50);
      if (size > 1) expect(size * taskMs).toBeLessThanOrEqual(2_001);
    }),
  );
});
