import { flowLimits } from "../../limits.ts";
import type { StepNode } from "../../step-graph.ts";
import { planWindow, windowRange } from "../address.ts";
import type { RunCommand } from "./run-event.ts";
import type { StepState } from "./run-state.ts";

/** A step after a change, and what is asked of the host for it. */
export interface StepChange {
  readonly step: StepState;
  readonly commands: readonly RunCommand[];
}

/** Begins a step whose predecessors are done: by its plan, unless there is none to make or an earlier session made it. */
export function beginStep(node: StepNode, step: StepState): StepChange {
  if (step.plan !== null) return openWindows(node.name, { ...step, phase: "running" });
  return {
    step: { ...step, phase: "planning", open: new Map([[planWindow, 1]]) },
    commands: [{ type: "open-window", step: node.name, window: planWindow, ...windowRange(planWindow, 0) }],
  };
}

/** Opens windows while the limits allow, and closes the step when all its tasks have an outcome. */
export function openWindows(name: string, before: StepState): StepChange {
  const { width, skipped } = before.plan ?? { width: 0, skipped: false };
  const open = new Map(before.open);
  const commands: RunCommand[] = [];
  let openCount = [...open.values()].reduce((sum, count) => sum + count, 0);
  let { nextWindow } = before;
  for (; open.size < flowLimits.openWindows; nextWindow++) {
    const { start, end } = windowRange(nextWindow, width);
    if (start >= width) break;
    const taskCount = end - start - (before.settledBefore.get(nextWindow) ?? 0);
    if (taskCount === 0) continue;
    if (openCount > 0 && openCount + taskCount > flowLimits.handedOutTasks) break;
    open.set(nextWindow, taskCount);
    openCount += taskCount;
    commands.push({ type: "open-window", step: name, window: nextWindow, start, end });
  }
  const step = { ...before, open, nextWindow };
  if (before.settledCount < width) return { step, commands };
  return { step: { ...step, phase: "closing" }, commands: [{ type: "close-step", step: name, skipped }] };
}
