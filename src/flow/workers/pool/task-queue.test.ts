import fc from "fast-check";
import { expect, test } from "vitest";
import type { PoolTask } from "./pool-task.ts";
import { TaskQueue } from "./task-queue.ts";

function taskOf(step: string, index: number, expectedMs: number): PoolTask {
  const demand = { cpu: 1, memoryMiB: 0, diskMiB: 0, named: {} };
  return {
    address: { step, index, attempt: 1 },
    key: `k${index}`,
    demand,
    timeoutMs: null,
    isolate: false,
    expectedMs,
  };
}

/** All tasks in the order they begin when one runs at a time. */
function beginAll(queue: TaskQueue): PoolTask[] {
  const begun: PoolTask[] = [];
  for (let [next] = queue.heads(); next !== undefined; [next] = queue.heads()) {
    queue.begin(next);
    begun.push(next);
  }
  return begun;
}

const tasks = fc.array(
  fc.record({
    step: fc.constantFrom("a", "b"),
    expectedMs: fc.constantFrom(0, 1, 50, 1_000),
    isTakenBack: fc.boolean(),
  }),
  { maxLength: 60 },
);

test("every task begins once, whatever is expected of it; of its step the longest first, equal ones in the order they came", () => {
  fc.assert(
    fc.property(tasks, (given) => {
      const queue = new TaskQueue();
      const all = given.map(({ step, expectedMs }, index) => taskOf(step, index, expectedMs));
      for (const task of all) queue.add(task);
      const left = all.filter((_, i) => given[i]?.isTakenBack !== true);
      for (const [i, task] of all.entries()) if (given[i]?.isTakenBack) expect(queue.remove(task.address)).toBe(true);
      const begun = beginAll(queue);
      for (const step of ["a", "b"]) {
        const expected = left
          .filter(({ address }) => address.step === step)
          .toSorted((one, other) => other.expectedMs - one.expectedMs || one.address.index - other.address.index);
        expect(begun.filter(({ address }) => address.step === step)).toEqual(expected);
      }
      expect(queue.isEmpty).toBe(true);
    }),
    { seed: 20261126 },
  );
});

test("the step with the fewest tasks running has its turn, so that branches go on side by side", () => {
  const queue = new TaskQueue();
  for (const index of [0, 1, 2]) queue.add(taskOf("wide", index, 1_000));
  queue.add(taskOf("narrow", 0, 1));
  expect(beginAll(queue).map(({ address }) => `${address.step}/${address.index}`)).toEqual([
    "wide/0",
    "narrow/0",
    "wide/1",
    "wide/2",
  ]);
});
