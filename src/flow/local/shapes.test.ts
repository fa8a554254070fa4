import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRuns, type RunEvent, type RunRecord, type RunResult, resumeRun, startRun } from "../index.ts";

const flowModule = new URL("../fixtures/shapes-flow.ts", import.meta.url);

async function run(
  params: Readonly<Record<string, unknown>>,
): Promise<{ readonly result: RunResult; readonly record: RunRecord; readonly events: readonly RunEvent[] }> {
  const home = mkdtempSync(join(tmpdir(), "kindred-shapes-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent): void => void events.push(event);
  const result = await startRun({ home, workers: 3, codeVersion: "1", flowModule, params, onEvent });
  const runs = await openRuns(home);
  const record = await runs.read(result.run).finally(() => runs.close());
  return { result, record, events };
}

test("branches, a join, a condition and a foreach within a foreach come to typed artifacts, each in the order of its items", async () => {
  const { result, record } = await run({});
  expect(result.artifact).toEqual({
    sees: ["left", "loud", "pieces", "plan", "spell", "times"],
    loud: "ABC",
    spell: ["a", "b", "c"],
    times: [["a0"], ["b0", "b1"], ["c0", "c1", "c2"]],
    pieces: [
      [["a/0/at0=a", "a/0/at1=0"]],
      [
        ["b/0/at0=b", "b/0/at1=0"],
        ["b/1/at0=b", "b/1/at1=1"],
      ],
      [
        ["c/0/at0=c", "c/0/at1=0"],
        ["c/1/at0=c", "c/1/at1=1"],
        ["c/2/at0=c", "c/2/at1=2"],
      ],
    ],
  });
  expect(record.steps.map(({ step, width }) => [step, width])).toEqual([
    ["plan", 1],
    ["left", 1],
    ["loud", 1],
    ["spell", 3],
    ["times", 6],
    ["pieces", 12],
    ["join", 1],
  ]);
});

test("a step sees its ancestors and no other branch", async () => {
  const { record } = await run({ letters: "" });
  const left = record.steps.find(({ step }) => step === "left")?.artifact;
  expect(left).toEqual({ inline: '{"sees":["plan"],"count":0}' });
});

test("a step whose condition does not hold is skipped: it leaves null, and no task of it begins", async () => {
  const { result, record, events } = await run({ loud: false, letters: "" });
  expect(result.artifact).toMatchObject({ loud: null, pieces: [] });
  const loud = record.steps.find(({ step }) => step === "loud");
  expect(loud).toMatchObject({ status: "skipped", width: 0, artifact: { inline: "null" } });
  expect(loud?.tasks.map((task) => [task.index, task.key])).toEqual([[-1, "(condition)"]]);
  expect(events.filter((event) => event.type === "step-skipped")).toMatchObject([{ step: "loud" }]);
});

test("a failure that is caught stands in the place of the outcome, after its retries, and the run goes on; a FatalError has none", async () => {
  const { result, record } = await run({ broken: "b", fatal: "c" });
  expect(result.artifact).toMatchObject({
    spell: ["a", { code: "internal", message: "b is broken" }, { code: "fatal", message: "c is beyond help" }],
    times: [["a0"], [], []],
  });
  const spell = record.steps.find(({ step }) => step === "spell");
  expect(spell?.status).toBe("done");
  expect(spell?.tasks.map(({ key, status, attempts }) => [key, status, attempts.length])).toEqual([
    ["(items)", "done", 1],
    ["a", "done", 1],
    ["b", "caught", 2],
    ["c", "caught", 1],
  ]);
});

test("a run that is stopped again and again comes to what an uninterrupted one comes to", async () => {
  const params = { letters: "abcd", broken: "b", fatal: "c" };
  const { result } = await run(params);
  const home = mkdtempSync(join(tmpdir(), "kindred-shapes-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  for (let session = 0; ; session++) {
    const stop = new AbortController();
    let ended = 0;
    const onEvent = (event: RunEvent): void => {
      if (event.type === "task-ended" && event.status === "done") ended += 1;
      if (ended === 3) stop.abort();
    };
    const host = { home, workers: 2, codeVersion: "1", onEvent, signal: stop.signal };
    const outcome = await (session === 0
      ? startRun({ ...host, flowModule, params })
      : resumeRun({ ...host, run: "1" })
    ).catch((error: { code: string }) => error.code);
    if (outcome === "interrupted") continue;
    expect(outcome).toEqual(result);
    expect(session).toBeGreaterThan(3);
    return;
  }
});
