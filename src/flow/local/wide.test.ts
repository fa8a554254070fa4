import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type RunEvent, resumeRun, startRun } from "../index.ts";
import { flowLimits } from "../limits.ts";

test("a foreach over several windows that is stopped in the middle goes on with the tasks that are left, each called once", async () => {
  const home = mkdtempSync(join(tmpdir(), "kindred-wide-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const width = 2 * flowLimits.windowTasks + 100;
  const stop = new AbortController();
  const onEvent = (event: RunEvent): void => {
    if (event.type === "task-ended" && event.progress.done === flowLimits.windowTasks + 50) stop.abort();
  };
  const host = { home, workers: 2, codeVersion: "1" };
  const params = { calls: join(home, "calls"), width };
  const flowModule = new URL("../fixtures/wide-flow.ts", import.meta.url);
  const stopped = startRun({ ...host, flowModule, params, onEvent, signal: stop.signal, stopGraceMs: 10_000 });
  await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
  const before = readFileSync(params.calls, "utf8").trim().split("\n");
  expect(before.length).toBeLessThan(width);
  const { artifact } = await resumeRun({ ...host, run: "1" });
  expect(artifact).toBe((width * (width - 1)) / 2);
  const calls = readFileSync(params.calls, "utf8").trim().split("\n").map(Number);
  expect(calls.toSorted((a, b) => a - b)).toEqual(Array.from({ length: width }, (_, i) => i));
});
