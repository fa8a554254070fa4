import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import type { StepGraph, StepNode } from "../step-graph.ts";
import { initialState } from "./run-state.ts";
import { advance } from "./scheduler.ts";
import { SimulatedHost, type SimulatedWorld } from "./simulated-host.ts";

const calm = { failureChance: 0, fatalChance: 0, stopChance: 0, crashChance: 0, echoChance: 0 };

function node(name: string, kind: StepNode["kind"], after: readonly string[], retryCount: number): StepNode {
  const retry = { count: retryCount, backoffMs: 100, backoffLimitMs: 300 };
  return { name, kind, after, retry, timeoutMs: null, cpu: 1, memoryMiB: null };
}

function graphOf(steps: readonly StepNode[]): StepGraph {
  return { flow: "test", project: null, params: {}, steps };
}

const anyStep = fc.record({
  width: fc.oneof(fc.constant(null), fc.nat(12)),
  retryCount: fc.nat(3),
  branches: fc.boolean(),
});

const anyWorld: fc.Arbitrary<SimulatedWorld> = fc
  .record({
    steps: fc.array(anyStep, { minLength: 1, maxLength: 6 }),
    failureChance: fc.constantFrom(0, 0.1, 0.4),
    fatalChance: fc.constantFrom(0, 0.2),
    stopChance: fc.constantFrom(0, 0.02),
    crashChance: fc.constantFrom(0, 0.05),
    echoChance: fc.constantFrom(0, 0.3),
  })
  .map(({ steps, ...chances }) => {
    const nodes = steps.map(({ width, retryCount, branches }, i) => {
      const before = branches && i > 1 ? [`s${i - 2}`] : i > 0 ? [`s${i - 1}`] : [];
      return node(`s${i}`, width === null ? "single" : "foreach", before, retryCount);
    });
    const widths = new Map(steps.map(({ width }, i) => [`s${i}`, width ?? 1]));
    return { graph: graphOf(nodes), widths, ...chances };
  });

describe("the scheduler", () => {
  test("loses no task and finishes none twice, whatever fails, stops, dies or comes again, over any resumes", () => {
    fc.assert(
      fc.property(anyWorld, fc.integer(), (world, seed) => {
        const host = new SimulatedHost(world, seededRandom(seed));
        let sessions = 0;
        while (host.session() !== "done") {
          sessions += 1;
          if (sessions > 2_000) throw new Error("the run never ends");
        }
        expect(new Set(host.closed)).toEqual(new Set(world.graph.steps.map((step) => step.name)));
        for (const [step, width] of world.widths) expect(host.done.get(step)?.size ?? 0).toBe(width);
      }),
      { numRuns: 400, seed: 20261122 },
    );
  });

  test("ends a run without faults in one session and tries each task once", () => {
    fc.assert(
      fc.property(anyWorld, fc.integer(), (world, seed) => {
        const host = new SimulatedHost({ ...world, ...calm, echoChance: 0.3 }, seededRandom(seed));
        expect(host.session()).toBe("done");
        expect([...host.attempts.values()].every((count) => count === 1)).toBe(true);
      }),
      { numRuns: 200, seed: 20261123 },
    );
  });

  test("never tries a task more often than its retries allow in one session", () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer(), (retryCount, seed) => {
        const graph = graphOf([node("a", "foreach", [], retryCount)]);
        const world = { ...calm, graph, widths: new Map([["a", 5]]), failureChance: 0.6 };
        const host = new SimulatedHost(world, seededRandom(seed));
        host.session();
        expect(Math.max(...host.attempts.values())).toBeLessThanOrEqual(retryCount + 1);
      }),
      { numRuns: 100, seed: 20261124 },
    );
  });

  test("hands a wide foreach out within its limits", () => {
    const world = { ...calm, graph: graphOf([node("a", "foreach", [], 0)]), widths: new Map([["a", 5_300]]) };
    const host = new SimulatedHost(world, seededRandom(1));
    expect(host.session()).toBe("done");
    expect(host.done.get("a")?.size).toBe(5_300);
    expect(host.handedOutPeak).toBeGreaterThan(flowLimits.windowTasks);
    expect(host.handedOutPeak).toBeLessThanOrEqual(flowLimits.handedOutTasks);
  });

  test("waits longer before each further attempt, up to the limit, and gives up after the last", () => {
    const graph = graphOf([node("a", "single", [], 3)]);
    const delays: unknown[] = [];
    let { state } = advance(graph, initialState(graph), { type: "run-begun" });
    for (let attempt = 1; attempt <= 4; attempt++) {
      const task = { step: "a", index: 0, attempt };
      const failed = advance(graph, state, { type: "task-failed", ...task, fatal: false });
      delays.push(
        ...failed.commands.map((command) => (command.type === "delay-task" ? command.delayMs : command.type)),
      );
      state = advance(graph, failed.state, { type: "delay-over", ...task, attempt: attempt + 1 }).state;
    }
    expect(delays).toEqual([100, 200, 300, "end-run"]);
  });

  test("lets running siblings of a failed task end before the run ends, and hands out nothing new", () => {
    const graph = graphOf([node("a", "foreach", [], 0), node("b", "single", ["a"], 0)]);
    let { state } = advance(graph, initialState(graph), { type: "run-begun" });
    state = advance(graph, state, { type: "task-done", step: "a", index: -1, attempt: 1, width: 2 }).state;
    const failed = advance(graph, state, { type: "task-failed", step: "a", index: 0, attempt: 1, fatal: true });
    expect(failed.commands).toEqual([{ type: "withdraw-task", step: "a", index: 1, attempt: 1 }]);
    const ended = advance(graph, failed.state, { type: "task-done", step: "a", index: 1, attempt: 1 });
    expect(ended.commands).toEqual([{ type: "end-run", status: "failed" }]);
  });
});
