import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LettersHome } from "../fixtures/letters-home.ts";

const joined = "a10000 b10000 c10000 d10000 e10000 f10000 g10000 h10000 i10000 j10000";

test("a run calls each task once and gives the artifact of its last step", async () => {
  const letters = new LettersHome();
  const result = await letters.start();
  expect(result).toMatchObject({ run: "1", status: "done", artifact: { text: joined } });
  const calls = letters.calls();
  expect(calls).toHaveLength(22);
  expect(new Set(calls).size).toBe(22);
});

test("one worker and three come to the same artifacts", async () => {
  const [one, three] = [new LettersHome(), new LettersHome()];
  await Promise.all([one.start({}, { workers: 1 }), three.start({}, { workers: 3 })]);
  expect(await one.artifacts()).toBe(await three.artifacts());
});

test("a foreach over nothing is done at once, with an empty artifact", async () => {
  const letters = new LettersHome();
  expect(await letters.start({}, { params: { letters: "" } })).toMatchObject({ artifact: { text: "", counts: [] } });
});

test("two items of one key are refused with the key and both places", async () => {
  const letters = new LettersHome();
  await expect(letters.start({}, { params: { letters: "abca" } })).rejects.toMatchObject({
    code: "config-invalid",
    message: expect.stringContaining('items 0 and 3 have the same key "a"'),
  });
});

test("metadata tells attempts, times, use and progress of every task, and what the run is labelled with", async () => {
  const letters = new LettersHome();
  await letters.start({}, { user: "ada", branch: "hats", tags: ["x"], namespace: "user.ada" });
  const run = await letters.withRuns((runs) => runs.read("1"));
  expect(run).toMatchObject({
    run: "1",
    flow: "letters",
    status: "done",
    user: "ada",
    branch: "hats",
    tags: ["x"],
    error: null,
  });
  expect(run.steps.map((step) => [step.step, step.status, step.width, step.tasks.length])).toEqual([
    ["plan", "done", 1, 1],
    ["spell", "done", 10, 11],
    ["count", "done", 10, 11],
    ["join", "done", 1, 1],
  ]);
  const attempt = run.steps[2]?.tasks[3]?.attempts[0];
  expect(attempt).toMatchObject({
    attempt: 1,
    status: "done",
    progress: { done: 1, total: 2, unit: "halves" },
    error: null,
  });
  expect(attempt?.usage).toMatchObject({ blobReadBytes: 10_000, blobWrittenBytes: 8 });
  expect(attempt?.usage?.cpuSeconds).toBeGreaterThan(0);
  expect(attempt?.usage?.peakRssBytes).toBeGreaterThan(10_000_000);
  expect((attempt?.endedMs ?? 0) - (attempt?.startedMs ?? 0)).toBeGreaterThanOrEqual(0);
});

test("what a task logs and prints is in the log of its attempt", async () => {
  const letters = new LettersHome();
  await letters.start({ "spell/b": "throw-once" });
  const logs = await letters.withRuns((runs) => runs.logs("1", { step: "spell", key: "b" }));
  expect(logs.map((log) => log.attempt)).toEqual([1, 2]);
  expect(logs[0]?.text).toMatch(
    /^\S+Z info entered {"key":"b"}\n\S+Z print printed by b\n\S+Z error Error: something was wrong\n {6}at /,
  );
  expect(logs[1]?.text).not.toContain("error");
});

test("events tell a terminal how far each step is", async () => {
  const letters = new LettersHome();
  await letters.start();
  const spelt = letters.events.filter(
    (event) => event.type === "task-ended" && event.step === "spell" && event.key !== "(items)",
  );
  expect(spelt.map((event) => event.type === "task-ended" && event.progress.done)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
  expect(letters.events[0]).toMatchObject({
    type: "run-started",
    resumed: false,
    steps: ["plan", "spell", "count", "join"],
  });
  expect(letters.events.at(-1)).toEqual({ type: "run-finished", run: "1", status: "done" });
});

test("runs are numbered in their home, listed newest first, and found by flow", async () => {
  const letters = new LettersHome();
  await letters.start({}, { params: { letters: "a" } });
  await letters.start({}, { params: { letters: "b" } });
  await letters.withRuns(async (runs) => {
    expect((await runs.list()).map((run) => run.run)).toEqual(["2", "1"]);
    expect((await runs.latest("letters"))?.run).toBe("2");
    expect(await runs.latest("numbers")).toBeNull();
    await expect(runs.read("3")).rejects.toMatchObject({ code: "not-found" });
    await expect(runs.artifact("1", "spel")).rejects.toThrow("one of plan, spell, count, join");
    await expect(runs.logs("1", { step: "spell", key: "z" })).rejects.toMatchObject({ code: "not-found" });
  });
});

test("looking at a home without runs makes none, and sees the first one later", async () => {
  const letters = new LettersHome();
  await letters.withRuns(async (runs) => {
    expect(await runs.list()).toEqual([]);
    expect(existsSync(join(letters.home, "runs.sqlite"))).toBe(false);
    await letters.start({}, { params: { letters: "" } });
    expect((await runs.latest())?.run).toBe("1");
  });
});

test("unknown and mistyped params are refused before a run is made", async () => {
  const letters = new LettersHome();
  await expect(letters.start({}, { params: { letter: "a" } })).rejects.toThrow(
    'has no param "letter"; expected one of folder, letters',
  );
  await expect(letters.start({}, { params: { letters: 5 } })).rejects.toMatchObject({ code: "argument-invalid" });
  expect(existsSync(join(letters.home, "runs.sqlite"))).toBe(false);
});

test("a module without a flow is refused with its name", async () => {
  const letters = new LettersHome();
  await expect(letters.start({}, { exportName: "other" })).rejects.toThrow('the export "other" is no flow');
  await expect(letters.start({}, { flowModule: join(letters.home, "none.ts") })).rejects.toMatchObject({
    code: "config-invalid",
  });
});

test("a finished run leaves no work folders behind", async () => {
  const letters = new LettersHome();
  await letters.start();
  expect(existsSync(join(letters.home, "tmp", "1"))).toBe(false);
  const others = readdirSync(join(letters.home, "blobs")).filter((name) => name.length !== 2);
  expect(others).toEqual(["owners"]);
});
