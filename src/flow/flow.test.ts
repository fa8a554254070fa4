import { describe, expect, test } from "vitest";
import { z } from "zod";
import { checkGraph } from "./check-graph.ts";
import { flow } from "./flow.ts";
import { startParams } from "./params/start-params.ts";
import { ancestorsOf, type StepGraph } from "./step-graph.ts";

interface Shard {
  readonly id: string;
  readonly rows: number;
  readonly note?: string;
}

const planned = flow("demo", { project: "films", params: { shards: 16, name: "x" } }).step(
  "plan",
  async ({ params }) => ({
    shards: [{ id: String(params.shards.toFixed()), rows: 2 }] as Shard[],
  }),
);

describe("a flow", () => {
  test("types the artifacts of earlier steps, of a foreach as an array, and waits for the step before by default", () => {
    const whole = planned
      .foreach(
        "score",
        { over: (art) => art.plan.shards, key: (shard) => shard.id, retry: 2 },
        async ({ item, art }) => {
          return { rows: item.rows + art.plan.shards.length };
        },
      )
      .step("nothing", () => {})
      .step("sum", { timeoutMs: 5 }, ({ art }) => {
        const nothing: null = art.nothing;
        return art.score.reduce((sum, outcome) => sum + outcome.rows, nothing ?? 0);
      });
    expect(whole.graph.steps.map((step) => [step.name, step.kind, step.after])).toEqual([
      ["plan", "single", []],
      ["score", "foreach", ["plan"]],
      ["nothing", "single", ["score"]],
      ["sum", "single", ["nothing"]],
    ]);
    expect(planned.graph.steps).toHaveLength(1);
  });

  test("is data that says of each step what it waits for, what it takes and how it fails", () => {
    const { graph } = planned
      .step("apart", { after: [] }, () => 1)
      .foreach(
        "score",
        {
          after: ["plan"],
          over: (art) => art.plan.shards,
          key: (shard) => shard.id,
          catch: true,
          cpu: 2,
          memoryMiB: 2_048,
          diskMiB: 10,
          named: { llm: 1 },
          isolate: true,
          tags: ["slow"],
        },
        () => [1],
      )
      .foreach("tile", { within: "score", over: () => [1], key: String, when: () => true }, () => 1)
      .step("join", { after: ["apart", "tile"] }, ({ art }) => [art.apart, art.plan.shards.length]);
    expect(graph.steps.slice(1).map((step) => [step.name, step.after, step.within, step.conditional])).toEqual([
      ["apart", [], null, false],
      ["score", ["plan"], null, false],
      ["tile", ["score"], "score", true],
      ["join", ["apart", "tile"], null, false],
    ]);
    expect(graph.steps[2]).toMatchObject({
      resources: { cpu: 2, memoryMiB: 2_048, diskMiB: 10, named: { llm: 1 } },
      ...{ isolate: true, tags: ["slow"], catches: true, retry: { count: 0 } },
    });
    expect([...ancestorsOf(graph, "join")].sort()).toEqual(["apart", "plan", "score", "tile"]);
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  });

  // What a flow in JavaScript, which no type checker read, is told.
  test.each<[string, () => unknown, string]>([
    ["two steps of one name", () => planned.step("plan" as never, () => 1), 'two steps named "plan" in flow "demo"'],
    [
      "a step that waits for one that is not there",
      () => planned.step("a", { after: ["paln" as "plan"] }, () => 1),
      'step "a" waits for "paln", which is no step before it in flow "demo"; expected some of plan',
    ],
    ["a step that waits for itself", () => planned.step("a", { after: ["a" as "plan"] }, () => 1), "which is itself"],
    [
      "a foreach within a step of one task",
      () => planned.foreach("a", { within: "plan" as never, over: () => [1], key: String }, () => 1),
      'foreach "a" within "plan" in flow "demo"; expected a foreach written before it',
    ],
    ["a foreach without a key", () => planned.foreach("a", { over: () => [1] } as never, () => 1), 'without "key"'],
    ["a step with items", () => planned.step("a", { over: () => [1] } as never, () => 1), 'step "a" with "over"'],
    [
      "no memory",
      () => planned.step("a", { memoryMiB: 0 }, () => 1),
      'memoryMiB 0 of step "a"; expected a number above',
    ],
    [
      "too many retries",
      () => planned.step("a", { retry: 1_000 }, () => 1),
      "retry 1000; expected a whole number from",
    ],
    [
      "a misspelt option",
      () => planned.step("a", { timeOutMs: 5 } as never, () => 1),
      'step "a" with the option "timeOutMs" in flow "demo"; expected some of after, when, catch',
    ],
    [
      "a misspelt option of retry",
      () => planned.step("a", { retry: { count: 1, backoff: 5 } } as never, () => 1),
      'retry of step "a" with "backoff" in flow "demo"; expected some of count, backoffMs, backoffLimitMs',
    ],
    [
      "a time-out that no timer can be set for",
      () => planned.step("a", { timeoutMs: 1e12 }, () => 1),
      'timeoutMs 1000000000000 of step "a"; expected at most 2147483647, which is 24 days',
    ],
    [
      "a back-off below nothing",
      () => planned.step("a", { retry: { count: 1, backoffMs: -5 } }, () => 1),
      'backoffMs -5 of step "a"; expected a number above 0',
    ],
    ["a condition that is none", () => planned.step("a", { when: true } as never, () => 1), '"when" of step "a"'],
    ["a step without code", () => planned.step("a", undefined as never), 'step "a" without its code; expected (name, '],
    ["options that are none", () => planned.step("a", 5 as never, () => 1), 'step "a" without its code'],
    ["a name with a slash", () => planned.step("a/b", () => 1), 'the step name "a/b"; expected a letter, then'],
  ])("refuses %s, and says what to write", (_what, build, message) => {
    expect(build).toThrow(message);
  });

  test("as data from elsewhere is refused when its steps wait for each other, with the way round", () => {
    const { graph } = planned.step("score", () => 1).step("sum", () => 1);
    const turned = (after: readonly string[]): StepGraph => ({
      ...graph,
      steps: graph.steps.map((step) => (step.name === "plan" ? { ...step, after } : step)),
    });
    expect(() => checkGraph(turned(["sum"]))).toThrow("wait for each other: plan -> sum -> score -> plan");
    expect(() => checkGraph(turned(["sun"]))).toThrow('step "plan" of flow "demo" waits for "sun", which is no step');
    expect(() => checkGraph(graph)).not.toThrow();
  });
});

describe("params", () => {
  const checked = flow("checked", {
    params: z.object({
      shards: z.int().min(1).default(12).describe("how many parts"),
      name: z.string(),
      mode: z.enum(["fast", "whole"]).optional(),
    }),
  }).step("plan", ({ params }) => ({ text: params.name.trim(), shards: params.shards.toFixed() }));

  test("given as a zod object are in the graph as JSON Schema, with their defaults", () => {
    const { params, paramsSchema } = checked.graph;
    expect(params).toEqual({ shards: 12 });
    expect(paramsSchema).toMatchObject({
      properties: { shards: { type: "integer", minimum: 1, description: "how many parts" }, name: { type: "string" } },
      required: ["name"],
    });
  });

  test("given as a zod object are checked by it when a run starts", () => {
    const start = (given: Record<string, unknown>) => startParams(checked.graph, given, checked.checkParams);
    expect(start({ name: "x" })).toEqual({ name: "x", shards: 12 });
    expect(() => start({ name: "x", shards: 0 })).toThrow('params of flow "checked": "shards": Too small');
    expect(() => start({})).toThrow('"name": Invalid input');
    expect(() => start({ nmae: "x" })).toThrow('has no param "nmae"; expected one of shards, name, mode');
  });

  test("given as defaults are in the graph as JSON Schema too", () => {
    const { paramsSchema } = flow("a", { params: { files: ["a.txt"], none: null, deep: { x: 1 } } }).graph;
    expect(paramsSchema.properties).toEqual({
      files: { type: "array", items: { type: "string" }, default: ["a.txt"] },
      none: { default: null },
      deep: { type: "object", default: { x: 1 } },
    });
    expect(() => flow("a", { params: z.string() as never })).toThrow('params of flow "a" that are a zod string');
    expect(() => flow("a", { params: z.object({ at: z.date() }) as never })).toThrow("that JSON cannot hold: Date");
  });

  test("given as defaults that JSON would change are refused with their place", () => {
    const build = (params: object): unknown => flow("a", { params: params as never });
    expect(() => build({ at: new Date(0) })).toThrow("that JSON cannot hold: params.at is a Date");
    expect(() => build({ rates: [1, Number.NaN] })).toThrow("params.rates[1] is NaN");
    expect(() => build({ call: () => 1 })).toThrow("params.call is a function");
  });

  test("given as defaults are of their kind when a run starts, lists to their items, and null is a kind of its own", () => {
    const { graph } = flow("a", { params: { files: ["a.txt"], deep: { x: 1 }, any: null } }).step("b", () => 1);
    const start = (given: Record<string, unknown>) => startParams(graph, given, null);
    expect(start({ files: ["b"], deep: { y: 2 }, any: 5 })).toEqual({ files: ["b"], deep: { y: 2 }, any: 5 });
    expect(() => start({ deep: null })).toThrow('"deep" of flow "a" is null; expected an object, such as its default');
    expect(() => start({ files: ["b", 5] })).toThrow('"files" of flow "a" is ["b",5]; expected a list');
    expect(() => start({ deep: "x".repeat(1_000_000) })).toThrow(/is "x{199}…; expected/);
  });
});
