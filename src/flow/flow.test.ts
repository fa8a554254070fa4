import { describe, expect, test } from "vitest";
import { flow } from "./flow.ts";

interface Shard {
  readonly id: string;
  readonly rows: number;
  readonly note?: string;
}

describe("a flow", () => {
  const planned = flow("demo", { project: "films", params: { shards: 16, name: "x" } }).step(
    "plan",
    async ({ params }) => ({
      shards: [{ id: String(params.shards.toFixed()), rows: 2 }] as Shard[],
    }),
  );

  test("types the artifacts of earlier steps, of a foreach as an array", () => {
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

  test("is refused by the type checker when it is wrong", () => {
    // @ts-expect-error the artifact of a later or unknown step
    planned.step("a", ({ art }) => art.b);
    // @ts-expect-error an unknown param
    planned.step("a", ({ params }) => params.shard);
    // @ts-expect-error a foreach over something that is no array
    planned.foreach("a", { over: (art) => art.plan, key: () => "" }, () => 1);
    // @ts-expect-error a key that is no text
    planned.foreach("a", { over: (art) => art.plan.shards, key: (shard) => shard.rows }, () => 1);
    // @ts-expect-error a property that the item has not
    planned.foreach("a", { over: (art) => art.plan.shards, key: (shard) => shard.id }, ({ item }) => item.columns);
    // @ts-expect-error a step that returns a function
    planned.step("a", () => () => 1);
    // @ts-expect-error a step that returns a map inside
    planned.step("a", async () => ({ rows: new Map<string, number>() }));
    // @ts-expect-error a step that returns bytes
    planned.step("a", async () => new Uint8Array(1));
    // @ts-expect-error a foreach that returns dates
    planned.foreach("a", { over: (art) => art.plan.shards, key: (shard) => shard.id }, () => new Date());
    // @ts-expect-error params that are not JSON
    flow("a", { params: { when: new Date() } });
    // @ts-expect-error two steps of one name
    expect(() => planned.step("plan", () => 1)).toThrow('two steps named "plan"');
  });
});
