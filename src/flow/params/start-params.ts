import { KindredError } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import type { StepGraph } from "../step-graph.ts";
import type { ParamsCheck } from "./flow-params.ts";

/** What of a value stands in a message. */
const shownLength = 200;

/**
 * The params of a run: what is given, laid over the defaults of the flow and checked. Without a check of the flow's own a
 * value must be of the kind of its default; a default of null or an empty list says nothing of the type.
 * @throws argument-invalid for a name the flow has not, or a value that does not fit; limit-exceeded
 */
export function startParams(
  graph: StepGraph,
  given: Readonly<Record<string, unknown>>,
  check: ParamsCheck | null,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(graph.paramsSchema.properties ?? {});
  for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownParam(graph, name, names);
  if (check === null) assertKinds(graph, given);
  const params = check === null ? { ...graph.params, ...given } : check(given);
  const json = JSON.stringify(params);
  if (Buffer.byteLength(json) <= flowLimits.paramsBytes) return JSON.parse(json) as Record<string, unknown>;
  throw new KindredError("limit-exceeded", {
    seen: `params of ${Buffer.byteLength(json)} bytes`,
    expected: `at most ${flowLimits.paramsBytes}`,
  });
}

function assertKinds(graph: StepGraph, given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    const expected = graph.params[name];
    const itemKind = graph.paramsSchema.properties?.[name]?.items?.type;
    if (value === undefined || expected === null) continue;
    if (kindOf(expected) === kindOf(value) && areOf(itemKind, value)) continue;
    throw new KindredError("argument-invalid", {
      seen: `the param "${name}" of flow "${graph.flow}" is ${shortJson(value)}`,
      expected: `${withArticle(kindOf(expected))}, such as its default ${shortJson(expected)}`,
    });
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

/** True unless it is a list with an item of another kind than those of its default, where these are all of one. */
function areOf(itemKind: unknown, value: unknown): boolean {
  if (typeof itemKind !== "string" || !Array.isArray(value)) return true;
  return value.every((item) => (kindOf(item) === "list" ? "array" : kindOf(item)) === itemKind);
}

function withArticle(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}

/** A param may be a megabyte. */
function shortJson(value: unknown): string {
  const json = JSON.stringify(value) ?? "undefined";
  return json.length > shownLength ? `${json.slice(0, shownLength)}…` : json;
}

function unknownParam(graph: StepGraph, name: string, names: readonly string[]): KindredError {
  return new KindredError("argument-invalid", {
    seen: `flow "${graph.flow}" has no param "${name}"`,
    expected: names.length === 0 ? "none: it has no params" : `one of ${names.join(", ")}`,
  });
}
