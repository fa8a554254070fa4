import { Context } from "@temporalio/activity";
import type { Client } from "@temporalio/client";
import { errorToJson } from "../../../base/index.ts";
import { isFatal } from "../../run-errors.ts";
import type { BatchOrder, BatchReport, TaskActivities } from "../wire.ts";
import { activityError } from "./activity-errors.ts";
import { Batch } from "./batch.ts";
import { beating } from "./beating.ts";
import { refuseBatch } from "./refuse-batch.ts";
import type { RunShelf } from "./run-shelf.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** What a batch that is withdrawn asks now and then: whether its tasks under way are to end too. */
const askMs = 2_000;

/** What the workers of a queue do. */
export function taskActivities(parts: WorkerParts, shelf: RunShelf, client: Client): TaskActivities {
  return {
    runBatch: async (order) => {
      try {
        return await beating(() => runBatch(parts, shelf, client, order));
      } catch (error) {
        throw activityError(error);
      }
    },
  };
}

async function runBatch(parts: WorkerParts, shelf: RunShelf, client: Client, order: BatchOrder): Promise<BatchReport> {
  const context = Context.current();
  const batch = new Batch(parts, order);
  const over = new AbortController();
  const onCancel = (): void => void heedCancel(context, batch, client, order.windowWorkflow, over.signal);
  context.cancellationSignal.addEventListener("abort", onCancel);
  if (context.cancellationSignal.aborted) onCancel();
  try {
    return await shelf.use(order.run, (run) => batch.run(run));
  } catch (error) {
    const json = errorToJson(error);
    if (json.code === "run-locked" || !isFatal(json)) throw error;
    // The code cannot be had or the items cannot be read: no attempt began, and none would fare better.
    return await refuseBatch(parts, order, json);
  } finally {
    over.abort();
    context.cancellationSignal.removeEventListener("abort", onCancel);
  }
}

/** A batch ends because its worker does, because its run failed (what is under way may end), or because its run is stopped. */
async function heedCancel(
  { cancellationSignal }: Context,
  batch: Batch,
  client: Client,
  workflow: string,
  over: AbortSignal,
): Promise<void> {
  const reason = String((cancellationSignal.reason as Error | undefined)?.message ?? "");
  if (/SHUTDOWN/.test(reason)) return batch.cancel("again");
  batch.end("withdrawn");
  while (!over.aborted) {
    const how = await client.workflow
      .getHandle(workflow)
      .query<string | null>("drain-how")
      .catch(() => "cancel");
    if (how !== "withdraw") return batch.cancel("withdrawn");
    await new Promise((resolve) => setTimeout(resolve, askMs));
  }
}
