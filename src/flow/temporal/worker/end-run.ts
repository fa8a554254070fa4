import { errorToJson, type KindredError } from "../../../base/index.ts";
import { type RunFailure, runError, stoppedError } from "../../run-errors.ts";
import type { RunHead, TaskRecord } from "../../run-record.ts";
import { needsPlan, nodeOf, type StepGraph, type StepNode } from "../../step-graph.ts";
import type { EndCause, RunEnding, RunOrder } from "../wire.ts";
import { toldError } from "./activity-errors.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** Failed tasks of a step that are looked at for the first of them. */
const failedTasksMax = 1_000;

/** Ends a run in its metadata, with the first of its failures. Asked again, it says the same again. */
export async function endRun(
  parts: WorkerParts,
  order: RunOrder,
  status: RunEnding["status"],
  cause: EndCause | null,
): Promise<RunEnding> {
  const { metadata } = parts;
  const head = await metadata.readHead(order.run);
  const error = status === "failed" ? toldError(await failureOf(parts, head, cause)) : null;
  const told = status === "interrupted" ? (cause?.error ?? toldError(stoppedError(head))) : error;
  try {
    await metadata.endRun(order, status, error ?? cause?.error ?? null);
  } catch (refused) {
    const found = await metadata.readHead(order.run);
    if (errorToJson(refused).code !== "run-locked" || found.status !== status) throw refused;
  }
  return { status, error: told };
}

async function failureOf(parts: WorkerParts, head: RunHead, cause: EndCause | null): Promise<KindredError> {
  const { metadata } = parts;
  const { run, graph } = head;
  const found: { readonly failure: RunFailure; readonly endedMs: number }[] = [];
  let count = cause === null ? 0 : 1;
  for (const { step, tasks } of await metadata.readSteps(run)) {
    count += tasks.failed;
    // The task that plans a step is in no count.
    if (tasks.failed === 0 && !needsPlan(nodeOf(graph, step) as StepNode)) continue;
    const failed = await metadata.readTasks(run, { step, status: "failed", after: -2, limit: failedTasksMax });
    for (const task of failed) {
      if (task.index < 0) count += 1;
      found.push(...failureOfTask(graph, step, task, run));
    }
  }
  const first = found.toSorted((a, b) => a.endedMs - b.endedMs)[0]?.failure;
  if (first !== undefined) return runError(head, first, count);
  if (cause !== null && "step" in cause)
    return runError(head, { ...cause, key: null, attempt: 1, log: `kindred logs ${run}/${cause.step}` }, count);
  return stoppedError(head);
}

function failureOfTask(graph: StepGraph, step: string, task: TaskRecord, run: string) {
  const last = task.attempts.at(-1);
  if (last?.error == null) return [];
  const key = nodeOf(graph, step)?.kind === "single" ? null : task.key;
  const failure = {
    step,
    key,
    attempt: last.attempt,
    error: last.error,
    log: `kindred logs ${run}/${step}/${task.key}`,
  };
  return [{ failure, endedMs: last.endedMs ?? 0 }];
}
