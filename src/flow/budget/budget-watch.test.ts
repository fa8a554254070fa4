import { expect, test } from "vitest";
import { systemClock } from "../../base/index.ts";
import type { TaskUsage } from "../run-record.ts";
import type { UsageStore } from "../store/usage-store.ts";
import { type Amount, nothing } from "./amount.ts";
import { BudgetWatch } from "./budget-watch.ts";

const place = { project: null, flow: "letters", run: "1" };
const usage: TaskUsage = { cpuSeconds: 0, peakRssBytes: 0, blobReadBytes: 0, blobWrittenBytes: 0, modelTokens: 10 };

function watch(recorded: { used: Amount }): BudgetWatch {
  const store: UsageStore = { used: async () => recorded.used, history: async () => new Map() };
  return new BudgetWatch({ run: { modelTokens: 25 } }, store, place, systemClock);
}

test("a ceiling is passed as soon as the attempt has ended that passes it, before any of them is recorded", async () => {
  const recorded = { used: nothing };
  const budget = watch(recorded);
  const spendings = [1, 2, 3].map(() => budget.spend(usage));
  expect(spendings.map(({ isTooMuch }) => isTooMuch)).toEqual([false, false, true]);
  recorded.used = { ...nothing, modelTokens: 10 };
  await expect(spendings[0]?.recorded()).rejects.toMatchObject({ code: "budget-spent" });
});

test("what is recorded and what is not yet are each counted once", async () => {
  const recorded = { used: nothing };
  const budget = watch(recorded);
  const [first, second] = [budget.spend(usage), budget.spend(usage)];
  // The first to be recorded reads what all have used.
  recorded.used = { ...nothing, modelTokens: 10 };
  await first.recorded();
  await second.recorded();
  expect(budget.spend({ ...usage, modelTokens: 5 }).isTooMuch).toBe(false);
  expect(budget.spend({ ...usage, modelTokens: 1 }).isTooMuch).toBe(true);
});
