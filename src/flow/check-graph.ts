import { KindredError } from "../base/index.ts";
import { nodeOf, type StepGraph } from "./step-graph.ts";

/**
 * Refuses a graph that cannot run, wherever it comes from: the builder makes none, but a graph is data.
 * @throws config-invalid for a step that waits for one that is not there, or steps that wait for each other
 */
export function checkGraph(graph: StepGraph): void {
  const done = new Set<string>();
  for (const { name } of graph.steps) visit(graph, name, [], done);
}

function visit(graph: StepGraph, name: string, path: readonly string[], done: Set<string>): void {
  if (done.has(name)) return;
  const node = nodeOf(graph, name);
  if (node === undefined) {
    throw new KindredError("config-invalid", {
      seen: `step "${path.at(-1)}" of flow "${graph.flow}" waits for "${name}", which is no step`,
      expected: `one of ${graph.steps.map((step) => step.name).join(", ")}`,
    });
  }
  if (path.includes(name)) {
    throw new KindredError("config-invalid", {
      seen: `steps of flow "${graph.flow}" wait for each other: ${[...path.slice(path.indexOf(name)), name].join(" -> ")}`,
      expected: "steps that wait for steps before them only",
    });
  }
  for (const before of node.after) visit(graph, before, [...path, name], done);
  done.add(name);
}
