import type { StepGraph } from "../step-graph.ts";
import { nodeOf } from "../step-graph.ts";
import type { AttemptSpan } from "./spans.ts";

/** How many declared cores were taken at each moment of a run. */
export interface BusyCores {
  /** The most at any moment: what the host has, or all that the flow could use. */
  readonly max: number;
  /** Just before a moment. */
  before(ms: number): number;
}

/** Adds up the declared cores of what ran, moment by moment. */
export function busyCores(graph: StepGraph, spans: readonly AttemptSpan[]): BusyCores {
  const changes = spans
    .filter(({ startMs, endMs }) => endMs > startMs)
    .flatMap(({ step, startMs, endMs }) => {
      const cpu = nodeOf(graph, step)?.resources.cpu ?? 1;
      return [
        { ms: startMs, cpu },
        { ms: endMs, cpu: -cpu },
      ];
    })
    // What ends in a moment ends before what begins in it.
    .toSorted((a, b) => a.ms - b.ms || a.cpu - b.cpu);
  const totals: number[] = [];
  let busy = 0;
  for (const { cpu } of changes) {
    busy += cpu;
    totals.push(busy);
  }
  return {
    max: totals.reduce((most, total) => Math.max(most, total), 0),
    before: (ms) => totals[countBelow(changes, (change) => change.ms, ms) - 1] ?? 0,
  };
}

/** How many elements, sorted by a number, have one below `limit`. */
export function countBelow<T>(sorted: readonly T[], of: (element: T) => number, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(sorted[middle] as T) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
