import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import { SimulatedHost, type SimulatedWorld } from "./fixtures/simulated-host.ts";
import { anyWorld, calm, graphOf, node } from "./fixtures/worlds.ts";
import { advance, initialState } from "./scheduler.ts";

function wideWorld(width: number): SimulatedWorld {
  const plans = new Map([["a", { width, skipped: false }]]);
  return { ...calm, graph: graphOf([node("a", "foreach")]), plans, isPoisoned: () => false };
}

describe("the scheduler", () => {
  test("loses no task and finishes none twice, whatever fails, stops, dies or comes again, over any resumes", () => {
    fc.assert(
      fc.property(anyWorld, fc.integer(), (world, seed) => {
        const host = new SimulatedHost(world, seededRandom(seed));
        host.runToEnd();
        for (const [step, { width }] of world.plans) expect(host.outcomes.get(step)?.size ?? 0).toBe(width);
        expect([...host.artifacts.keys()].sort()).toEqual(world.graph.steps.map(({ name }) => name).sort());
      }),
      { numRuns: 600, seed: 20261122 },
    );
  });

  test("comes to the same artifacts in any order of events, on one host or many, interrupted or not", () => {
    fc.assert(
      fc.property(anyWorld, fc.integer(), fc.integer(), (world, seed, otherSeed) => {
        const host = new SimulatedHost(world, seededRandom(seed));
        host.runToEnd();
        const uninterrupted = new SimulatedHost({ ...world, ...calm }, seededRandom(otherSeed));
        expect(uninterrupted.session()).toBe("done");
        expect(new Map([...host.artifacts].sort())).toEqual(new Map([...uninterrupted.artifacts].sort()));
      }),
      { numRuns: 400, seed: 20261125 },
    );
  });

  test("ends a run without faults in one session and tries each task once, but for those that are caught", () => {
    fc.assert(
      fc.property(anyWorld, fc.integer(), (world, seed) => {
        const host = new SimulatedHost(
          { ...world, ...calm, echoChance: 0.3, isSplit: world.isSplit },
          seededRandom(seed),
        );
        expect(host.session()).toBe("done");
        for (const [task, count] of host.attempts) {
          const [step, index] = task.split("/") as [string, string];
          const retries = world.graph.steps.find(({ name }) => name === step)?.retry.count ?? 0;
          expect(count).toBe(world.isPoisoned(step, Number(index)) && index !== "-1" ? retries + 1 : 1);
        }
      }),
      { numRuns: 200, seed: 20261123 },
    );
  });

  test("never tries a task more often than its retries allow in one session", () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer(), (count, seed) => {
        const retry = { count, backoffMs: 100, backoffLimitMs: 300 };
        const world = { ...wideWorld(5), graph: graphOf([node("a", "foreach", { retry })]), failureChance: 0.6 };
        const host = new SimulatedHost(world, seededRandom(seed));
        host.session();
        expect(Math.max(...host.attempts.values())).toBeLessThanOrEqual(count + 1);
      }),
      { numRuns: 100, seed: 20261124 },
    );
  });

  test.each([false, true])("hands a wide foreach out within its limits (each machine apart: %s)", (isSplit) => {
    const host = new SimulatedHost({ ...wideWorld(5_300), isSplit }, seededRandom(1));
    expect(host.session()).toBe("done");
    expect(host.outcomes.get("a")?.size).toBe(5_300);
    expect(host.handedOutPeak).toBeGreaterThan(flowLimits.windowTasks);
    expect(host.handedOutPeak).toBeLessThanOrEqual(flowLimits.handedOutTasks);
  });

  test("loses no task and finishes none twice over several windows, through failures, stops and deaths", () => {
    fc.assert(
      fc.property(fc.integer({ min: 501, max: 2_200 }), fc.boolean(), fc.integer(), (width, isSplit, seed) => {
        const faults = { failureChance: 0.002, stopChance: 0.000_3, crashChance: 0.000_5, echoChance: 0.05 };
        const host = new SimulatedHost({ ...wideWorld(width), ...faults, isSplit }, seededRandom(seed));
        host.runToEnd();
        expect(host.outcomes.get("a")?.size).toBe(width);
      }),
      { numRuns: 40, seed: 20261126 },
    );
  });

  test("keeps of a wide foreach only the tasks of its open windows", () => {
    const { graph } = wideWorld(0);
    let { state } = advance(graph, initialState(graph), { type: "run-begun" });
    const plan = { width: 100_000, skipped: false };
    state = advance(graph, state, { type: "task-done", step: "a", index: -1, attempt: 1, plan }).state;
    const kept = [...state.windows.values()].reduce((sum, window) => sum + window.phases.length, 0);
    expect(kept).toBe(flowLimits.handedOutTasks);
    for (let index = 0; index < 499; index++) {
      state = advance(graph, state, { type: "task-done", step: "a", index, attempt: 1 }).state;
    }
    expect(state.windows.size).toBe(2);
    for (let index = 500; index < 1_000; index++) {
      state = advance(graph, state, { type: "task-done", step: "a", index, attempt: 1 }).state;
    }
    // One task that takes long keeps its window open, and no worker idle.
    expect([...state.windows.values()].map((window) => window.openCount)).toEqual([1, 500]);
  });
});
