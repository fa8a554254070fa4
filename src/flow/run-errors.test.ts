import { expect, test } from "vitest";
import { errorToJson, KindredError } from "../base/index.ts";
import { breaksStep, isFatal, isUncatchable, runError, stoppedError } from "./run-errors.ts";
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

test("a run is gone on with where it ran, and into production where it is production's", () => {
  const holder = { kind: "workflow", workflowId: "kindred-run-7" } as const;
  const error = errorToJson(new Error("it broke"));
  const first = { step: "score", key: "k5", attempt: 1, error, log: "kindred logs 7/score/k5" };
  const here = { kind: "process", pid: 1, hostName: "here" } as const;
  expect(runError({ run: "7", holder: here, namespace: "user.ada" }, first, 1).message).toMatch(/: kindred resume 7$/);
  expect(runError({ run: "7", holder }, first, 1).message).toMatch(/: kindred resume 7 --host temporal$/);
  expect(stoppedError({ run: "7", holder, namespace: "prod" }).message).toMatch(
    /: kindred resume 7 --host temporal --production$/,
  );
});
