import { expect, test } from "vitest";
import { codeChanges, sameSteps } from "./code-change.ts";
import { flow } from "./flow.ts";

const before = flow("a")
  .step("plan", () => 1)
  .step("score", () => 1)
  .step("sum", () => 1).graph;

test("a changed flow is told step by step, with what was and what is", () => {
  const after = flow("a")
    .step("plan", { retry: 1, cpu: 2 }, () => 1)
    .foreach("score", { over: () => [1], key: String }, () => 1)
    .step("total", () => 1).graph;
  expect(codeChanges(before, after, "1", "2")).toEqual([
    "version 1 became 2",
    'retry of step plan was {"backoffLimitMs":60000,"backoffMs":1000,"count":0}, is {"backoffLimitMs":60000,"backoffMs":1000,"count":1}',
    'resources of step plan was {"cpu":1,"diskMiB":null,"memoryMiB":null,"named":{}}, is {"cpu":2,"diskMiB":null,"memoryMiB":null,"named":{}}',
    'kind of step score was "single", is "foreach"',
    "step total was added",
    "step sum was removed",
  ]);
});

test("leading steps are kept whose meaning is the same: other retries and resources repeat nothing", () => {
  const retried = flow("a")
    .step("plan", { retry: 3, memoryMiB: 5 }, () => 1)
    .step("score", () => 1)
    .step("sum", () => 1);
  expect(sameSteps(before, retried.graph)).toBe(3);
  const apart = flow("a")
    .step("plan", () => 1)
    .step("score", { after: [] }, () => 1)
    .step("sum", () => 1);
  expect(sameSteps(before, apart.graph)).toBe(1);
});
