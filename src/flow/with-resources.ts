import { KindredError } from "../base/index.ts";
import type { StepGraph, StepNode, StepResources } from "./step-graph.ts";

/** Resources by step and by name, such as `{ score: { memoryMiB: 8192, llm: 2 } }`: other names than the usual are named resources. */
export type ResourceChanges = Readonly<Record<string, Readonly<Record<string, number>>>>;

const usual = ["cpu", "memoryMiB", "diskMiB"] as const;

/** The graph with other resources than the flow declares. @throws argument-invalid for a step the flow has not, or no amount */
export function withResources(graph: StepGraph, changes: ResourceChanges): StepGraph {
  const names = graph.steps.map(({ name }) => name);
  const unknown = Object.keys(changes).filter((step) => !names.includes(step));
  if (unknown.length > 0) {
    throw new KindredError("argument-invalid", {
      seen: `resources for the step ${unknown.join(", ")}`,
      expected: `a step among ${names.join(", ")}`,
    });
  }
  return { ...graph, steps: graph.steps.map((node) => withChange(node, changes[node.name] ?? {})) };
}

function withChange(node: StepNode, change: Readonly<Record<string, number>>): StepNode {
  let resources: StepResources = node.resources;
  for (const [name, amount] of Object.entries(change)) {
    if (!Number.isFinite(amount) || amount <= 0) {
      throw new KindredError("argument-invalid", {
        seen: `${node.name}.${name} = ${amount}`,
        expected: "a number above 0",
      });
    }
    const isUsual = (usual as readonly string[]).includes(name);
    resources = isUsual
      ? { ...resources, [name]: amount }
      : { ...resources, named: { ...resources.named, [name]: amount } };
  }
  return { ...node, resources };
}
