import { flowLimits } from "../limits.ts";
import type { StepNode } from "../step-graph.ts";

/** Names one handing out of a task. `attempt` counts from 1 in each session; an event of another one is stale and ignored. */
export interface TaskAddress {
  readonly step: string;
  /** Place among the items; {@link planIndex} for the task that finds out what the step is to do. */
  readonly index: number;
  readonly attempt: number;
}

/** Names a window of a step: window 2 holds the tasks from 2 x `windowTasks` on. */
export interface WindowAddress {
  readonly step: string;
  /** {@link planWindow} for the window that holds nothing but the plan's task. */
  readonly window: number;
}

/** What a step is to do, as its plan's task found out. */
export interface StepPlan {
  /** Number of tasks. */
  readonly width: number;
  /** Its condition did not hold: its artifact is null. */
  readonly skipped: boolean;
}

/** The index of the task that lists the items of a foreach and asks the condition of a conditional step. */
export const planIndex = -1;

/** The key of that task, which no item has a part in. */
export function planKey({ kind }: StepNode): string {
  return kind === "foreach" ? "(items)" : "(condition)";
}

/** The window of that task. */
export const planWindow = -1;

/** The window that holds a task. */
export function windowOf(index: number): number {
  return index === planIndex ? planWindow : Math.floor(index / flowLimits.windowTasks);
}

/** How many of these tasks are in which window. */
export function countByWindow(indexes: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const index of indexes) counts.set(windowOf(index), (counts.get(windowOf(index)) ?? 0) + 1);
  return counts;
}

/** The tasks of a window, of a step so wide: from `start` to `end`, exclusive. */
export function windowRange(window: number, width: number): { readonly start: number; readonly end: number } {
  if (window === planWindow) return { start: planIndex, end: planIndex + 1 };
  const start = window * flowLimits.windowTasks;
  return { start, end: Math.min(width, start + flowLimits.windowTasks) };
}
