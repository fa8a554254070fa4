import { planIndex } from "../../scheduler/address.ts";
import type { StepNode } from "../../step-graph.ts";

/** What one attempt takes of its host while it runs. Zero where nothing was declared. */
export interface Demand {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  /** Units of what the host knows by name. */
  readonly named: Readonly<Record<string, number>>;
}

/** Less of a core than this is taken for this much: each task is a process, and processes cost memory. */
const leastCpu = 0.05;

/**
 * What a task of a step takes. More cores than the run may use are taken for all of them; the task that lists the items
 * of a step calls no model, so it takes nothing named.
 */
export function demandOf({ resources }: StepNode, index: number, cores: number): Demand {
  return {
    cpu: Math.min(Math.max(leastCpu, resources.cpu), cores),
    memoryMiB: resources.memoryMiB ?? 0,
    diskMiB: resources.diskMiB ?? 0,
    named: index === planIndex ? {} : resources.named,
  };
}
