import { expect, test } from "vitest";
import type { StepCounts, StepStatus } from "../run-record.ts";
import { graphOf, node } from "../scheduler/fixtures/worlds.ts";
import type { StepNode } from "../step-graph.ts";
import { openQueues } from "./open-queues.ts";

function withCores(cpu: number): Partial<StepNode> {
  return { resources: { cpu, memoryMiB: null, diskMiB: null, named: {} } };
}

const graph = graphOf([
  node("plan", "single"),
  node("left", "foreach", { after: ["plan"], ...withCores(4) }),
  node("right", "single", { after: ["plan"] }),
  node("join", "single", { after: ["left", "right"], ...withCores(8) }),
]);

function open(...statuses: readonly StepStatus[]): Record<string, string[]> {
  const tasks = { waiting: 0, running: 0, done: 0, caught: 0, failed: 0 };
  const counts = graph.steps.map(({ name }, place) => ({ step: name, status: statuses[place], tasks }));
  const queues = openQueues(graph, counts as unknown as readonly StepCounts[]);
  return Object.fromEntries([...queues].map(([queue, nodes]) => [queue, nodes.map(({ name }) => name)]));
}

test("workers are waited for by the steps whose predecessors are over, whether they were begun or not", () => {
  expect(open("waiting", "waiting", "waiting", "waiting")).toEqual({ cpu1: ["plan"] });
  expect(open("done", "running", "waiting", "waiting")).toEqual({ cpu4: ["left"], cpu1: ["right"] });
  expect(open("done", "running", "skipped", "waiting")).toEqual({ cpu4: ["left"] });
  expect(open("done", "done", "skipped", "waiting")).toEqual({ cpu8: ["join"] });
  expect(open("done", "failed", "done", "waiting")).toEqual({});
});
