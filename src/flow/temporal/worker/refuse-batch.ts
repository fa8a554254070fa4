import { hostname } from "node:os";
import type { ErrorJson } from "../../../base/index.ts";
import { isUncatchable } from "../../run-errors.ts";
import { planIndex, planKey, windowOf } from "../../scheduler/index.ts";
import { nodeOf, type StepNode } from "../../step-graph.ts";
import { StepItems } from "../../workers/step-items.ts";
import type { BatchOrder, BatchOutcome, BatchReport } from "../wire.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** The first task of a batch that cannot be run at all gets an attempt that says why; the others are given back. */
export async function refuseBatch(parts: WorkerParts, order: BatchOrder, error: ErrorJson): Promise<BatchReport> {
  const { metadata } = parts;
  const { run: lease, step, tasks } = order;
  const index = tasks[0]?.index ?? 0;
  const key = await keyOf(parts, order, index);
  const begin = { step, index, key, workerPid: process.pid, workerHost: hostname() };
  const attempt = await metadata.beginAttempt(lease, begin);
  const nothing = { usage: null, progress: null, artifact: null };
  await metadata.endAttempt(lease, { step, index, attempt, status: "failed", error, ...nothing });
  await metadata.failStep(lease, step);
  const first: BatchOutcome = isUncatchable(error) ? "uncatchable" : "fatal";
  return { outcomes: tasks.map((_, place) => (place === 0 ? first : "again")), plan: null, busyMs: 0 };
}

/** The key that the task has anywhere; the name of its step when its items cannot be read, which may be why it is refused. */
async function keyOf({ metadata, artifacts }: WorkerParts, { run, step }: BatchOrder, index: number): Promise<string> {
  const { graph } = await metadata.readHead(run.run);
  if (index === planIndex) return planKey(nodeOf(graph, step) as StepNode);
  const stored = (await metadata.readStoredSteps(run.run)).get(step)?.items ?? null;
  const items = new StepItems(artifacts);
  const read = async (): Promise<void> => {
    if (stored !== null) await items.add(step, stored, false);
    await items.openWindow({ step, window: windowOf(index) });
  };
  await read().catch(() => "the error that is told says why");
  return items.key(step, index);
}
