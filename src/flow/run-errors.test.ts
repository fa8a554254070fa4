import { expect, test } from "vitest";
import { errorToJson, KindredError } from "../base/index.ts";
import { isFatal, breaksStep, isUncatchable } from "./run-errors.ts";
import { FatalError } from "./task-failure.ts";

const codes = ["source-malformed", "refused", "budget-spent", "artifact-damaged", "disk-full"] as const;

test("what another attempt would only meet again is fatal: a FatalError, bad input, a refusal, a spent budget, damage", () => {
  expect(isFatal(errorToJson(new FatalError("no such film")))).toBe(true);
  for (const code of codes)
    expect([code, isFatal(errorToJson(new KindredError(code, { seen: "x" })))]).toEqual([code, true]);
});

test("what may pass is tried again, and what is not the task's own is never caught", () => {
  expect(isFatal(errorToJson(new Error("the network is gone")))).toBe(false);
  expect(isFatal(errorToJson(new KindredError("run-failed", { seen: "the worker was killed" })))).toBe(false);
  const caught = (code: (typeof codes)[number]) => !isUncatchable(errorToJson(new KindredError(code, { seen: "x" })));
  expect(codes.filter(caught)).toEqual(["source-malformed"]);
});

test("a step is broken by its outcomes, and not by a store that does not answer or a run that somebody else has", () => {
  const isBroken = (code: "limit-exceeded" | "artifact-damaged" | "run-failed" | "run-locked") =>
    breaksStep(new KindredError(code, { seen: "x" }));
  expect(isBroken("limit-exceeded") && isBroken("artifact-damaged")).toBe(true);
  expect(isBroken("run-failed") || isBroken("run-locked")).toBe(false);
  expect(breaksStep(new Error("a bug"))).toBe(false);
});
