import { expect, test } from "vitest";
import { codeChanges, codeOf, type FlowState, isSameCode, keptSteps, mixedCode } from "./code-change.ts";
import { type AnyFlow, flow } from "./flow.ts";

/** A flow as a run has it, with what each step's code is. */
function state({ graph }: Pick<AnyFlow, "graph">, prints: Readonly<Record<string, string>>, version = "1"): FlowState {
  const pack = { blob: JSON.stringify(prints), byteCount: 1 };
  const pin = {
    kindred: null,
    pack,
    module: "a.ts",
    needsPackages: false,
    steps: prints,
    files: { "a.ts": pack.blob },
  };
  return { graph, code: codeOf(graph, "file:///a.ts", "default", version, pin) };
}

const chain = flow("a")
  .step("plan", () => 1)
  .step("score", () => 1)
  .step("sum", () => 1);
const prints = { plan: "p", score: "s", sum: "u" };
const before = state(chain, prints);

test("a changed flow is told step by step, with what was and what is", () => {
  const after = flow("a")
    .step("plan", { retry: 1, cpu: 2 }, () => 1)
    .foreach("score", { over: () => [1], key: String }, () => 1)
    .step("total", () => 1);
  expect(codeChanges(before, state(after, { ...prints, plan: "q" }, "2"))).toEqual([
    "a.ts changed",
    "version 1 became 2",
    'retry of step plan was {"backoffLimitMs":60000,"backoffMs":1000,"count":0}, is {"backoffLimitMs":60000,"backoffMs":1000,"count":1}',
    'resources of step plan was {"cpu":1,"diskMiB":null,"memoryMiB":null,"named":{}}, is {"cpu":2,"diskMiB":null,"memoryMiB":null,"named":{}}',
    'kind of step score was "single", is "foreach"',
    "step total was added",
    "step sum was removed",
  ]);
});

test("steps are kept whose meaning is the same: other retries and resources repeat nothing", () => {
  const retried = flow("a")
    .step("plan", { retry: 3, memoryMiB: 5 }, () => 1)
    .step("score", () => 1)
    .step("sum", () => 1);
  expect([...keptSteps(before, state(retried, prints), "unreached")]).toEqual(["plan", "score", "sum"]);
  const apart = flow("a")
    .step("plan", () => 1)
    .step("score", { after: [] }, () => 1)
    .step("sum", () => 1);
  expect([...keptSteps(before, state(apart, prints), "same meaning")]).toEqual(["plan"]);
});

test("a step that a change reaches runs again with all that see it, and a branch beside it stays", () => {
  const branches = flow("a")
    .step("plan", () => 1)
    .step("left", { after: ["plan"] }, () => 1)
    .step("right", { after: ["plan"] }, () => 1)
    .step("sum", { after: ["left", "right"] }, () => 1);
  const old = state(branches, { plan: "p", left: "l", right: "r", sum: "s" });
  const now = state(branches, { plan: "p", left: "other", right: "r", sum: "s" });
  expect(isSameCode(old.code, now.code)).toBe(false);
  expect([...keptSteps(old, now, "unreached")]).toEqual(["plan", "right"]);
  expect([...keptSteps(old, now, "same meaning")]).toEqual(["plan", "left", "right", "sum"]);
});

test("results of a mix are known as such, and the next change runs their steps again", () => {
  const now = state(chain, { ...prints, score: "other" });
  const code = mixedCode(before, now, new Set(["plan", "score"]));
  expect(code.mixed).toEqual(["score"]);
  expect([...keptSteps({ ...now, code }, state(chain, { ...prints, score: "other", sum: "v" }), "unreached")]).toEqual([
    "plan",
  ]);
});

test("where it is not known what a step was, or Kindred itself is another, the change reaches every step", () => {
  expect(keptSteps(before, state(chain, {}), "unreached").size).toBe(0);
  expect(keptSteps(before, state(chain, prints, "2"), "unreached").size).toBe(0);
});
