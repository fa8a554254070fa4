import type { StepNode } from "../step-graph.ts";

/** What the names of the queues of a cluster begin with, where nothing else is said. */
export const defaultPrefix = "kindred";

/** The queue of workflows and of what every worker does. */
export function controlQueue(prefix: string): string {
  return prefix;
}

/** The queue that the tasks of a step wait in: by cores, and by the resources it names, such as `cpu2` or `cpu1-llm`. */
export function queueOf({ resources }: StepNode): string {
  return [`cpu${Math.max(1, Math.ceil(resources.cpu))}`, ...Object.keys(resources.named).sort()].join("-");
}

/** The name of a queue on the server. */
export function serverQueue(prefix: string, queue: string): string {
  return `${prefix}-${queue}`;
}

/** What ids show of an owner. */
const ownerChars = 8;

/** The id of the workflow of a session of a run. */
export function runWorkflowId(prefix: string, run: string, owner: string): string {
  return `${prefix}-run-${run}-${owner.slice(0, ownerChars)}`;
}

/** Who holds a run that has no number yet: as much of the id of its workflow as is known. */
export function firstHolderId(owner: string): string {
  return `run of ${owner.slice(0, ownerChars)}`;
}

/** The workflow of the session that holds a run. Of a first session the holder names the owner alone: the run had no number yet. */
export function heldWorkflowId(prefix: string, run: string, holderId: string): string {
  return runWorkflowId(prefix, run, holderId.slice(-ownerChars));
}
