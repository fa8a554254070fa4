import { needsPlan, type StepGraph, type StepNode } from "../step-graph.ts";
import { type Amount, nothing, times, together } from "./amount.ts";

/** What a step came to in earlier runs of the flow. */
export interface StepHistory {
  /** Most tasks it had. */
  readonly width: number;
  /** What a task of it used on average; of memory the most. */
  readonly perTask: Amount;
}

const secondsPerHour = 3600;

/**
 * What a task of a step is expected to use: as in earlier runs, else as declared: all its cores until its time-out, where it has
 * one. Memory is what is declared, where that is more.
 */
export function taskPrice({ resources, timeoutMs }: StepNode, history: StepHistory | undefined): Amount {
  const declared = resources.memoryMiB ?? 0;
  if (history !== undefined) return { ...history.perTask, memoryMiB: Math.max(declared, history.perTask.memoryMiB) };
  const cpuHours = timeoutMs === null ? 0 : (resources.cpu * timeoutMs) / 1000 / secondsPerHour;
  return { ...nothing, cpuHours, memoryMiB: declared, tasks: 1 };
}

/** What tasks of a step are expected to use. */
export function stepPrice(node: StepNode, width: number, history: StepHistory | undefined): Amount {
  return times(width, taskPrice(node, history));
}

/**
 * What a run of the flow is expected to use, before anything is known of it: steps as wide as they were, else one task each. The
 * task that finds out how wide a step is counts too. The price of a step is asked again when its width is known.
 */
export function flowPrice(graph: StepGraph, history: ReadonlyMap<string, StepHistory>): Amount {
  const prices = graph.steps.map((node) => {
    const past = history.get(node.name);
    const width = node.kind === "single" ? 1 : (past?.width ?? 1);
    const plan = needsPlan(node) ? { ...nothing, tasks: 1 } : nothing;
    return together(plan, stepPrice(node, width, past));
  });
  return prices.reduce(together, nothing);
}
