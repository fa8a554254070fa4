import fc from "fast-check";
import { expect, test } from "vitest";
import { flow } from "../flow.ts";
import { type Amount, amountKinds, nothing, times, together } from "./amount.ts";
import { excessOf, refusedError, spentError } from "./budget.ts";
import { flowPrice, stepPrice, taskPrice } from "./price.ts";

const whole = fc.nat({ max: 1_000_000 });
const amount: fc.Arbitrary<Amount> = fc.record({
  cpuHours: whole,
  memoryMiB: whole,
  tasks: whole,
  modelTokens: whole,
  money: whole,
});
const { graph } = flow("wide", { params: { n: 3 } })
  .step("plan", { timeoutMs: 3_600_000, cpu: 2 }, () => 1)
  .foreach("each", { over: () => [1, 2], key: String, memoryMiB: 512 }, () => 1);
const [plan, each] = graph.steps as [(typeof graph.steps)[0], (typeof graph.steps)[0]];

test("amounts come together in any order, and never get less", () => {
  fc.assert(
    fc.property(amount, amount, amount, (a, b, c) => {
      expect(together(a, b)).toEqual(together(b, a));
      expect(together(together(a, b), c)).toEqual(together(a, together(b, c)));
      expect(together(a, nothing)).toEqual(a);
      for (const kind of amountKinds) expect(together(a, b)[kind]).toBeGreaterThanOrEqual(a[kind]);
    }),
  );
});

test("so many tasks are as many single ones together", () => {
  fc.assert(
    fc.property(fc.nat({ max: 20 }), amount, (count, one) => {
      expect(times(count, one)).toEqual(Array.from({ length: count }, () => one).reduce(together, nothing));
    }),
  );
});

test("what stays within every ceiling is let through, and the first that is passed is told", () => {
  const ceilings = fc.record(
    { cpuHours: whole, memoryMiB: whole, tasks: whole, modelTokens: whole, money: whole },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(ceilings, ceilings, amount, amount, amount, (run, project, usedByRun, usedByProject, coming) => {
      const used = { run: usedByRun, branch: nothing, project: usedByProject };
      const excess = excessOf({ run, project }, used, coming);
      const passes = (["run", "project"] as const).flatMap((scope) =>
        amountKinds.filter((kind) => {
          const ceiling = { run, project }[scope][kind];
          return ceiling !== undefined && together(used[scope], coming)[kind] > ceiling;
        }),
      );
      expect(excess === null).toBe(passes.length === 0);
      if (excess !== null) expect(passes).toContain(excess.kind);
    }),
  );
});

test("a task is priced as it was, else as it is declared", () => {
  expect(taskPrice(plan, undefined)).toEqual({ ...nothing, cpuHours: 2, tasks: 1 });
  const history = { width: 7, perTask: { ...nothing, cpuHours: 0.5, memoryMiB: 100, tasks: 1, money: 2 } };
  expect(stepPrice(each, 10, history)).toEqual({ ...nothing, cpuHours: 5, memoryMiB: 512, tasks: 10, money: 20 });
  expect(flowPrice(graph, new Map([["each", history]]))).toEqual({
    ...{ cpuHours: 5.5, memoryMiB: 512, tasks: 9, modelTokens: 0, money: 14 },
  });
});

test("a refusal and a stop say which ceiling, what is used and what to do", () => {
  const excess = { scope: "branch", kind: "money", ceiling: 10, used: 9.5, coming: 4, total: 13.5 } as const;
  expect(refusedError(excess, "step ask with 40 tasks", { run: "3" })).toMatchObject({
    code: "refused",
    message: expect.stringContaining(
      "about 4 money, and 9.5 are used already; expected at most 10 money for the branch",
    ),
  });
  expect(spentError(excess, { run: "3" })).toMatchObject({
    code: "budget-spent",
    message: expect.stringContaining("resume 3"),
  });
  expect(spentError({ ...excess, scope: "run" }, { run: "3" }).message).toContain("kindred resume 3 --budget money=20");
});

test("the ceiling that a refusal names lets the same through, and is no more than that needs", () => {
  const large = fc.double({ min: 0, max: 1e9, noNaN: true });
  const usedAmount = fc.record({ cpuHours: large, memoryMiB: large, tasks: whole, modelTokens: whole, money: large });
  fc.assert(
    fc.property(fc.constantFrom(...amountKinds), usedAmount, usedAmount, (kind, usedByRun, coming) => {
      const used = { run: usedByRun, branch: nothing, project: nothing };
      const excess = excessOf({ run: { [kind]: 0 } }, used, coming);
      if (excess === null) return;
      const named = new RegExp(`--budget ${kind}=(\\d+)`).exec(refusedError(excess, "it", null).message)?.[1];
      expect(excessOf({ run: { [kind]: Number(named) } }, used, coming)).toBeNull();
      expect(Number(named) - together(usedByRun, coming)[kind]).toBeLessThanOrEqual(1);
    }),
    { seed: 7 },
  );
});
