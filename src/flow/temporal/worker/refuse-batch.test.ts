import { expect, test } from "vitest";
import { errorToJson, KindredError } from "../../../base/index.ts";
import { graphOf, node } from "../../scheduler/fixtures/worlds.ts";
import { heldRun, workerHome } from "../fixtures/worker-home.ts";
import type { WorkerParts } from "../worker/worker-parts.ts";
import { refuseBatch } from "./refuse-batch.ts";

const error = errorToJson(new KindredError("refused", { seen: "the code is another" }));
const graph = graphOf([node("each", "foreach"), node("maybe", "single", { conditional: true }), node("sum", "single")]);

/** The key of the task that the record keeps after its batch was refused. */
async function keyOfRefused(parts: WorkerParts, run: Awaited<ReturnType<typeof heldRun>>, step: string, index: number) {
  const order = { run, step, tasks: [{ index, isLast: true }], limitMs: 1, windowWorkflow: "run-1" };
  expect((await refuseBatch(parts, order, error)).outcomes).toEqual(["uncatchable"]);
  const tasks = await parts.metadata.readTasks(run.run, { step, after: index - 1, limit: 1 });
  return tasks[0]?.key;
}

test("a refused task is on record under the key that it would have had anywhere", async () => {
  const parts = await workerHome();
  const run = await heldRun(parts, graph);
  expect(await keyOfRefused(parts, run, "maybe", -1)).toBe("(condition)");
  expect(await keyOfRefused(parts, run, "sum", 0)).toBe("sum");
  expect(await keyOfRefused(parts, run, "each", -1)).toBe("(items)");
});

test("a refused task of a foreach has the key of its item, and the name of its step where the items cannot be read", async () => {
  const parts = await workerHome();
  const run = await heldRun(parts, graph);
  const page = { inline: JSON.stringify({ keys: ["a", "b"], items: [1, 2] }) };
  const items = { inline: JSON.stringify({ width: 2, skipped: false, pages: [page], groups: [] }) };
  const attempt = await parts.metadata.beginAttempt(run, { step: "each", index: -1, key: "(items)", workerPid: 1 });
  expect(await keyOfRefused(parts, run, "each", 0)).toBe("each");
  const nothing = { usage: null, progress: null, error: null };
  const end = { step: "each", index: -1, attempt, status: "done", artifact: items, plan: { width: 2 } } as const;
  await parts.metadata.endAttempt(run, { ...end, ...nothing });
  expect(await keyOfRefused(parts, run, "each", 1)).toBe("b");
  expect(await keyOfRefused(parts, run, "each", 0)).toBe("a");
});
