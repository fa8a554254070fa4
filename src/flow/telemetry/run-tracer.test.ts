import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test } from "vitest";
import { exporter } from "../fixtures/tracing-sdk.ts";
import { openRuns, rerunTask, startRun } from "../index.ts";
import { RunTracer } from "./run-tracer.ts";

const flowModule = new URL("../fixtures/traced-flow.ts", import.meta.url);
const sdk = new URL("../fixtures/tracing-sdk.ts", import.meta.url).href;

async function tracedRun(failing: string): Promise<{ readonly home: string; readonly spans: readonly ReadableSpan[] }> {
  const home = mkdtempSync(join(tmpdir(), "kindred-traced-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  exporter.reset();
  const workerEnvironment = { PATH: process.env.PATH ?? "", NODE_OPTIONS: `--import ${sdk}` };
  await startRun({ home, workers: 2, codeVersion: "1", flowModule, params: { failing }, workerEnvironment });
  return { home, spans: exporter.getFinishedSpans() };
}

test("a run is a trace: run, step, attempt, one below the other, and the code of the task within, in its worker", async () => {
  const { home, spans } = await tracedRun("");
  const named = (name: string): ReadableSpan[] => spans.filter((span) => span.name === name);
  const [run] = named("run traced");
  if (run === undefined) throw new Error("no span of the run");
  const traceId = run.spanContext().traceId;
  expect(spans.every((span) => span.spanContext().traceId === traceId)).toBe(true);
  const [step] = named("step each");
  expect(step?.parentSpanContext?.spanId).toBe(run.spanContext().spanId);
  const attempts = named("attempt each");
  expect(attempts.map(({ attributes }) => attributes["kindred.key"]).sort()).toEqual(["(items)", "a", "b"]);
  for (const attempt of attempts) expect(attempt.parentSpanContext?.spanId).toBe(step?.spanContext().spanId);
  expect(attempts[0]?.attributes).toMatchObject({ "kindred.status": "done", "kindred.attempt": 1 });
  expect(attempts[0]?.attributes["kindred.peak_memory_bytes"]).toBeGreaterThan(1e6);
  const runs = await openRuns(home);
  onTestFinished(() => runs.close());
  expect(await runs.artifact("1", "each")).toEqual([traceId, traceId]);
  expect(await runs.artifact("1", "last")).toBe(traceId);
});

test("spans hold neither params nor the messages of errors", async () => {
  const { spans } = await tracedRun("b");
  const failed = spans.filter(({ attributes }) => attributes["kindred.status"] === "failed");
  expect(failed.map(({ name, status }) => [name, status.code])).toEqual([["attempt each", 2]]);
  const told = spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  expect(JSON.stringify(told)).not.toContain("s3cret");
  expect(JSON.stringify(told)).not.toContain("it broke");
});

test("a task that is run again in this process is a span of its own", async () => {
  const { home } = await tracedRun("");
  exporter.reset();
  await rerunTask({ home, run: "1", step: "each", key: "a", codeVersion: "1" });
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(["task each"]);
});

test("a step may have the name run: it is a span below that of its run, and each ends with its own status", async () => {
  exporter.reset();
  const tracer = await RunTracer.open();
  const at = { run: "1", step: "run", key: "a" } as const;
  const progress = { done: 1, total: 1, tasksPerSecond: 0 };
  tracer?.note({ type: "run-started", run: "1", flow: "films", resumed: false, steps: ["run"] });
  tracer?.note({ type: "task-started", ...at, attempt: 1 });
  tracer?.note({ type: "step-finished", run: "1", step: "run", progress });
  tracer?.note({ type: "run-finished", run: "1", status: "failed" });
  const spans = new Map(exporter.getFinishedSpans().map((span) => [span.name, span]));
  expect(spans.get("step run")?.parentSpanContext?.spanId).toBe(spans.get("run films")?.spanContext().spanId);
  expect(spans.get("attempt run")?.parentSpanContext?.spanId).toBe(spans.get("step run")?.spanContext().spanId);
  expect(spans.get("step run")?.attributes["kindred.status"]).toBe("done");
  expect(spans.get("run films")?.attributes["kindred.status"]).toBe("failed");
});
