import type { Client } from "@temporalio/client";
import { systemClock } from "../../../base/index.ts";
import type { RunEvent, WaitedQueue } from "../../run-event.ts";
import type { StepCounts } from "../../run-record.ts";
import type { StepGraph, StepNode } from "../../step-graph.ts";
import type { MetadataReader } from "../../store/metadata-store.ts";
import { queueOf, serverQueue } from "../names.ts";

/** What is needed to see whether a run waits for workers. */
export interface QueueWatchParts {
  readonly client: Client;
  readonly metadata: Pick<MetadataReader, "readTasks">;
  readonly run: string;
  readonly graph: StepGraph;
  readonly prefix: string;
  readonly emit: (event: RunEvent) => void;
}

/** A run must have had this long to find workers, and is looked at again so often. */
const askMs = 5_000;

/** A worker that is free asks for a task once a minute at least: Temporal holds its question for so long. */
const asksWithinMs = 70_000;

/** As Temporal numbers the kinds of queues. */
const activityTasks = 2;

/**
 * Tells of a run that waits since no worker asks for its tasks: none was started for their queue, or all of them are busy with other
 * runs. A worker that has a task of the run asks for no other one, so steps of which something runs are waited for by nobody.
 */
export class QueueWatch {
  private readonly parts: QueueWatchParts;
  private nextMs = performance.now() + askMs;
  private told = "[]";

  constructor(parts: QueueWatchParts) {
    this.parts = parts;
  }

  /** Looks, when it is time to. A server that does not answer says nothing of workers. */
  async look(steps: readonly StepCounts[]): Promise<void> {
    if (steps.length === 0 || performance.now() < this.nextMs) return;
    const waited = await this.waitedFor(steps).catch(() => null);
    this.nextMs = performance.now() + askMs;
    if (waited === null || JSON.stringify(waited) === this.told) return;
    this.told = JSON.stringify(waited);
    this.parts.emit({ type: "run-waiting", run: this.parts.run, queues: waited });
  }

  private async waitedFor(steps: readonly StepCounts[]): Promise<readonly WaitedQueue[]> {
    const waited: WaitedQueue[] = [];
    for (const [queue, nodes] of openQueues(this.parts.graph, steps)) {
      const names = nodes.map(({ name }) => name);
      const isIdle = (await Promise.all(names.map((step) => this.isIdle(step)))).every(Boolean);
      if (isIdle && !(await this.isAskedFor(queue))) waited.push({ queue, steps: names });
    }
    return waited;
  }

  /** True when no task of the step runs, its plan's included. */
  private async isIdle(step: string): Promise<boolean> {
    const { metadata, run } = this.parts;
    return (await metadata.readTasks(run, { step, status: "running", after: -2, limit: 1 })).length === 0;
  }

  private async isAskedFor(queue: string): Promise<boolean> {
    const { client, prefix } = this.parts;
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: serverQueue(prefix, queue) },
      taskQueueType: activityTasks,
    });
    const sinceSeconds = (systemClock.nowMs() - asksWithinMs) / 1_000;
    return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) > sinceSeconds);
  }
}

/** The steps that could run now, by the queue that their tasks wait in. */
export function openQueues(graph: StepGraph, steps: readonly StepCounts[]): ReadonlyMap<string, readonly StepNode[]> {
  const statuses = new Map(steps.map(({ step, status }) => [step, status]));
  const isOver = (step: string): boolean => ["done", "skipped"].includes(statuses.get(step) ?? "waiting");
  const open = graph.steps.filter(
    ({ name, after }) => !isOver(name) && statuses.get(name) !== "failed" && after.every(isOver),
  );
  return Map.groupBy(open, queueOf);
}
