import { KindredError } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import type { StepGraph } from "../step-graph.ts";

/**
 * Lays the given params over the defaults of a flow. A default of null or an empty list says nothing of the type.
 * @throws argument-invalid for a name the flow has not, or a value of another kind than its default; limit-exceeded
 */
export function startParams(
  graph: StepGraph,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(graph.params, name)) throw unknownParam(graph, name);
    const expected = graph.params[name];
    if (value === undefined || expected === null || kindOf(expected) === kindOf(value)) continue;
    throw new KindredError("argument-invalid", {
      seen: `the param "${name}" of flow "${graph.flow}" is ${JSON.stringify(value)}`,
      expected: `a ${kindOf(expected)}, such as its default ${JSON.stringify(expected)}`,
    });
  }
  const json = JSON.stringify({ ...graph.params, ...given });
  if (Buffer.byteLength(json) <= flowLimits.paramsBytes) return JSON.parse(json) as Record<string, unknown>;
  throw new KindredError("limit-exceeded", {
    seen: `params of ${Buffer.byteLength(json)} bytes`,
    expected: `at most ${flowLimits.paramsBytes}`,
  });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

function unknownParam(graph: StepGraph, name: string): KindredError {
  const names = Object.keys(graph.params);
  return new KindredError("argument-invalid", {
    seen: `flow "${graph.flow}" has no param "${name}"`,
    expected: names.length === 0 ? "none: it has no params" : `one of ${names.join(", ")}`,
  });
}
