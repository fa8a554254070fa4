import type { JsonSchema } from "./json-schema.ts";
import type { Trigger } from "./trigger/trigger.ts";

/** When a failed attempt is tried again. Errors of bad input, and a `FatalError`, never are. */
export interface RetryPolicy {
  /** Further attempts after the first. */
  readonly count: number;
  /** Wait before the second attempt; doubled before each later one. */
  readonly backoffMs: number;
  readonly backoffLimitMs: number;
}

/** What a task of a step takes of its machine, as declared. */
export interface StepResources {
  /** Cores. */
  readonly cpu: number;
  /** Memory; null is undeclared. */
  readonly memoryMiB: number | null;
  /** Room for its files; null is undeclared. */
  readonly diskMiB: number | null;
  /** Units of resources that the host knows by name, such as `{ llm: 1 }`. */
  readonly named: Readonly<Record<string, number>>;
}

/** A step as data: all that scheduling needs to know of it, and nothing of its code. */
export interface StepNode {
  readonly name: string;
  /** `single` is one task; `foreach` is one task an item. */
  readonly kind: "single" | "foreach";
  /** The steps that must be done before. What a step sees are the artifacts of these and of all before them. */
  readonly after: readonly string[];
  /** Its code decides at run time whether it is skipped. */
  readonly conditional: boolean;
  /** The foreach over whose tasks this foreach fans out again. */
  readonly within: string | null;
  /** A task whose attempts are used up yields its failure as its outcome, and the run goes on. */
  readonly catches: boolean;
  readonly retry: RetryPolicy;
  /** A longer attempt is killed; null is no limit. */
  readonly timeoutMs: number | null;
  readonly resources: StepResources;
  /** Each attempt gets a process of its own in place of a warm worker. */
  readonly isolate: boolean;
  /** Words to find the step's tasks by. */
  readonly tags: readonly string[];
  /** Names of variables that its tasks need of their machine's environment; absent for none. */
  readonly secrets?: readonly string[];
}

/** A flow as data, before anything runs: to check, draw, plan, price, pin and hand to a host. */
export interface StepGraph {
  readonly flow: string;
  readonly project: string | null;
  /** Defaults of the params that have one. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Names, types and descriptions of the params: what is checked when a run starts, and made into flags of `kindred run`. */
  readonly paramsSchema: JsonSchema;
  /** Places of params that name files, which a host of many machines brings along; see `checkPlaces`. */
  readonly files?: readonly string[];
  /** What makes it run, where something watches. */
  readonly triggers?: readonly Trigger[];
  /** In the order written, which is an order they can run in. */
  readonly steps: readonly StepNode[];
}

/** The step of that name; undefined when the graph has none. */
export function nodeOf(graph: StepGraph, name: string): StepNode | undefined {
  return graph.steps.find((step) => step.name === name);
}

/** The steps whose artifacts a step sees: those it waits for, and all before them. */
export function ancestorsOf(graph: StepGraph, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(nodeOf(graph, name)?.after ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(nodeOf(graph, next)?.after ?? []));
  }
  return found;
}

/** Whether a task must find out first what the step is to do: the items of a foreach, or whether a condition holds. */
export function needsPlan(node: StepNode): boolean {
  return node.kind === "foreach" || node.conditional;
}
