import type { StepHead } from "../run-record.ts";
import type { StepGraph, StepNode } from "../step-graph.ts";
import { queueOf } from "./names.ts";

/** The steps that could run now, by the queue that their tasks wait in. */
export function openQueues(
  graph: StepGraph,
  steps: readonly Pick<StepHead, "step" | "status">[],
): ReadonlyMap<string, readonly StepNode[]> {
  const statuses = new Map(steps.map(({ step, status }) => [step, status]));
  const isOver = (step: string): boolean => ["done", "skipped"].includes(statuses.get(step) ?? "waiting");
  const open = graph.steps.filter(
    ({ name, after }) => !isOver(name) && statuses.get(name) !== "failed" && after.every(isOver),
  );
  return Map.groupBy(open, queueOf);
}
