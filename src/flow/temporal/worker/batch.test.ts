import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import letters from "../../fixtures/letters-flow.ts";
import { heldRun, workerHome } from "../fixtures/worker-home.ts";
import { Batch } from "./batch.ts";
import { OpenRun } from "./open-run.ts";

const taskMs = 400;

/** Without the time-outs of its steps: how long a process takes to start is no matter here. */
const graph = { ...letters.graph, steps: letters.graph.steps.map((step) => ({ ...step, timeoutMs: null })) };

/** A batch of the tasks a, b and c of the step `spell` on a worker, and what came of it. */
async function spelling() {
  const parts = await workerHome();
  const params = { folder: parts.home, letters: "abc", taskMs, trouble: {} };
  const order = await heldRun(parts, graph, { params, module: "flow/fixtures/letters-flow" });
  const page = { inline: JSON.stringify({ keys: ["a", "b", "c"], items: ["a", "b", "c"] }) };
  const items = { inline: JSON.stringify({ width: 3, skipped: false, pages: [page], groups: [] }) };
  const plan = { step: "spell", index: -1, key: "(items)", workerPid: 1 };
  const attempt = await parts.metadata.beginAttempt(order, plan);
  const nothing = { usage: null, progress: null, error: null };
  const end = { ...plan, attempt, status: "done", artifact: items, plan: { width: 3 }, ...nothing } as const;
  await parts.metadata.endAttempt(order, end);
  const run = await OpenRun.open(parts, order);
  onTestFinished(() => run.close());
  const tasks = [0, 1, 2].map((index) => ({ index, isLast: false }));
  const batch = new Batch(parts, { run: order, step: "spell", tasks, limitMs: 60_000, windowWorkflow: "run-1" });
  const calls = join(parts.home, "calls");
  return {
    batch,
    report: batch.run(run),
    called: () => (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : []),
    tasks: () => parts.metadata.readTasks(order.run, { step: "spell", after: -1, limit: 9 }),
  };
}

test("a batch that is to end gives back what it claimed and has not begun: no code of it runs, no attempt is left open", async () => {
  const { batch, report, called, tasks } = await spelling();
  while (called().length === 0) await sleep(10);
  batch.end("again");
  expect((await report).outcomes).toEqual(["done", "again", "again"]);
  expect(called().map((call) => call.split(" ")[0])).toEqual(["spell/a"]);
  const attempts = (await tasks()).map((task) => [task.key, task.status, task.attempts.map(({ status }) => status)]);
  expect(attempts).toEqual([
    ["a", "done", ["done"]],
    ["b", "waiting", ["stopped"]],
  ]);
});

test("an attempt that was claimed while the one before it ran has the time at which its own code began", async () => {
  const { report, tasks } = await spelling();
  expect((await report).outcomes).toEqual(["done", "done", "done"]);
  const starts = (await tasks()).map(({ attempts }) => attempts[0]?.startedMs ?? 0);
  const gaps = starts.slice(1).map((start, place) => start - (starts[place] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(taskMs);
});
