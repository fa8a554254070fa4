import { flowLimits } from "../limits.ts";
import type { StepNode } from "../step-graph.ts";
import { expansionIndex, type SchedulerCommand } from "./event.ts";
import type { StepState } from "./run-state.ts";
import { attemptOf, openWindow, type WindowState } from "./window.ts";

/** A step after a change, and what is asked of the host for it. */
export interface StepChange {
  readonly step: StepState;
  readonly commands: readonly SchedulerCommand[];
}

/** Begins a step whose predecessors are done: lists its items first, unless an earlier session did. */
export function beginStep(node: StepNode, step: StepState): StepChange {
  if (step.width !== null) return fillWindows(node, { ...step, phase: "running" });
  const window = openWindow(expansionIndex, expansionIndex + 1, new Set());
  return { step: { ...step, phase: "expanding", windows: [window] }, commands: handOut(node.name, window) };
}

/** Opens windows while the limits allow, and closes the step when all its tasks are done. */
export function fillWindows(node: StepNode, before: StepState): StepChange {
  const width = before.width ?? 0;
  const windows = before.windows.filter((window) => window.openCount > 0);
  const commands: SchedulerCommand[] = [];
  let openCount = windows.reduce((sum, window) => sum + window.openCount, 0);
  let nextIndex = before.nextIndex;
  while (nextIndex < width && windows.length < flowLimits.openWindows) {
    const end = Math.min(width, nextIndex + flowLimits.windowTasks);
    if (openCount + (end - nextIndex) > flowLimits.handedOutTasks) break;
    const window = openWindow(nextIndex, end, before.doneBefore);
    nextIndex = end;
    if (window.openCount === 0) continue;
    windows.push(window);
    openCount += window.openCount;
    commands.push(...handOut(node.name, window));
  }
  const step = { ...before, windows, nextIndex };
  if (before.doneCount < width) return { step, commands };
  return { step: { ...step, phase: "closing" }, commands: [{ type: "close-step", step: node.name }] };
}

function handOut(step: string, window: WindowState): SchedulerCommand[] {
  return window.phases.flatMap((phase, slot) => {
    const index = window.start + slot;
    return phase === "handed-out"
      ? [{ type: "start-task" as const, step, index, attempt: attemptOf(window, index) }]
      : [];
  });
}
