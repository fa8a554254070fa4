import { setTimeout as sleep } from "node:timers/promises";
import { Context } from "@temporalio/activity";
import { errorToJson } from "../../../base/index.ts";
import { BudgetWatch } from "../../budget/budget-watch.ts";
import { breaksStep } from "../../run-errors.ts";
import type { StoredArtifact } from "../../run-record.ts";
import { countByWindow } from "../../scheduler/index.ts";
import { nodeOf, type StepNode } from "../../step-graph.ts";
import { lostLease } from "../../store/sql/fence.ts";
import { artifactOfStep } from "../../task/join-outcomes.ts";
import { readItemIndex } from "../../task/read-items.ts";
import { leaseMs } from "../lease-time.ts";
import type { Breakage, ControlActivities, OpenedRun, RunOrder, WireHistory } from "../wire.ts";
import { activityError, toldError } from "./activity-errors.ts";
import { beating } from "./beating.ts";
import { endRun } from "./end-run.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** What every worker does for any run. */
export function controlActivities(parts: WorkerParts): ControlActivities {
  const { metadata } = parts;
  return told({
    openRun: (order) => beating(() => openRun(parts, order)),
    // Its heartbeats say that the lease was renewed.
    holdLease: (order) => holdLease(parts, order),
    settledTasks: ({ run }, step, start, end) => beating(() => metadata.readSettled(run, step, start, end)),
    mayFanOut: (order, step) => beating(() => mayFanOut(parts, order, step)),
    closeStep: (order, step, skipped) => beating(() => closeStep(parts, order, step, skipped)),
    endRun: (order, status, cause) => beating(() => endRun(parts, order, status, cause)),
  });
}

async function holdLease({ metadata }: WorkerParts, order: RunOrder): Promise<void> {
  const context = Context.current();
  const signal = context.cancellationSignal;
  while (!signal.aborted) {
    if (!(await metadata.renewLease(order))) {
      if ((await metadata.readHead(order.run)).status !== "running") return;
      throw lostLease(order.run);
    }
    context.heartbeat();
    await sleep(leaseMs / 10, undefined, { signal }).catch(() => "the run is over");
  }
}

async function openRun({ metadata, artifacts }: WorkerParts, { run }: RunOrder): Promise<OpenedRun> {
  const { graph } = await metadata.readHead(run);
  const history: WireHistory[] = [];
  for (const [step, past] of await metadata.readPast(run)) {
    const index = past.items === null || past.artifact !== null ? null : await readItemIndex(past.items, artifacts);
    const plan = index === null ? null : { width: index.width, skipped: index.skipped };
    const closed = past.artifact !== null;
    history.push({ step, plan, settled: closed ? [] : [...countByWindow(past.done)], closed });
  }
  return { graph: { ...graph, params: {}, paramsSchema: {} }, history };
}

async function mayFanOut({ metadata, clock }: WorkerParts, order: RunOrder, step: string): Promise<Breakage | null> {
  const head = await metadata.readHead(order.run);
  const counts = (await metadata.readSteps(order.run)).find((each) => each.step === step);
  const left = (counts?.width ?? 1) - (counts?.tasks.done ?? 0) - (counts?.tasks.caught ?? 0);
  const budget = BudgetWatch.of(head, order.wishes?.budgets, metadata.usage, clock);
  try {
    await budget.mayFanOut(head.graph, step, left);
    return null;
  } catch (error) {
    if (errorToJson(error).code !== "refused") throw error;
    return { step, error: toldError(error) };
  }
}

async function closeStep(
  parts: WorkerParts,
  order: RunOrder,
  step: string,
  skipped: boolean,
): Promise<Breakage | null> {
  const { metadata } = parts;
  try {
    const artifact = skipped ? { inline: "null" } : await joined(parts, order.run, step);
    await metadata.closeStep(order, step, artifact, skipped ? "skipped" : "done");
    return null;
  } catch (error) {
    if (!breaksStep(error)) throw error;
    await metadata.failStep(order, step);
    return { step, error: toldError(error) };
  }
}

async function joined(parts: WorkerParts, run: string, step: string): Promise<StoredArtifact> {
  const { metadata, artifacts } = parts;
  const { graph } = await metadata.readHead(run);
  return artifactOfStep(parts, run, nodeOf(graph, step) as StepNode, async () => {
    const items = (await metadata.readStoredSteps(run)).get(step)?.items ?? null;
    return items === null ? [] : (await readItemIndex(items, artifacts)).groups;
  });
}

/** Every activity with its errors as the engine is to take them. */
function told(activities: ControlActivities): ControlActivities {
  const entries = Object.entries(activities).map(([name, activity]) => [
    name,
    (...given: unknown[]) =>
      (activity as (...given: unknown[]) => Promise<unknown>)(...given).catch((error: unknown) => {
        throw activityError(error);
      }),
  ]);
  return Object.fromEntries(entries) as ControlActivities;
}
