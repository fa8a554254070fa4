import { hostname } from "node:os";
import type { ErrorJson } from "../../../base/index.ts";
import type { BatchOrder, BatchOutcome, BatchReport } from "../wire.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** The first task of a batch that cannot be run at all gets an attempt that says why; the others are given back. */
export async function refuseBatch(
  { metadata }: WorkerParts,
  order: BatchOrder,
  error: ErrorJson,
  isUncatchable: boolean,
): Promise<BatchReport> {
  const { run: lease, step, tasks } = order;
  const index = tasks[0]?.index ?? 0;
  const key = index < 0 ? "(items)" : step;
  const begin = { step, index, key, workerPid: process.pid, workerHost: hostname() };
  const attempt = await metadata.beginAttempt(lease, begin);
  const nothing = { usage: null, progress: null, artifact: null };
  await metadata.endAttempt(lease, { step, index, attempt, status: "failed", error, ...nothing });
  await metadata.failStep(lease, step);
  const first: BatchOutcome = isUncatchable ? "uncatchable" : "fatal";
  return { outcomes: tasks.map((_, place) => (place === 0 ? first : "again")), plan: null, busyMs: 0 };
}
