import { truncateSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import { LettersHome } from "../fixtures/letters-home.ts";

/** The file of the blob that the task `count/a` reads. */
function blobOfA(home: string): string {
  const hash = sha256("a".repeat(10_000));
  return join(home, "blobs", hash.slice(0, 2), hash.slice(2));
}

test("a task that fails ends the run with its step, key, message, log and how to go on; then resume repeats no finished task", async () => {
  const letters = new LettersHome();
  await expect(letters.start({ "count/c": "throw", "count/d": "throw" })).rejects.toMatchObject({
    code: "run-failed",
    exitCode: 4,
    message: expect.stringMatching(
      /^run 1\/count\/([cd]): the task failed.*: something is wrong.*count\/\1\.1\.log.*kindred resume 1$/,
    ),
  });
  expect((await letters.withRuns((runs) => runs.read("1"))).status).toBe("failed");
  const doneBefore = await letters.doneTasks();
  const callCount = letters.calls().length;
  letters.fix();
  const result = await letters.resume();
  const repeated = letters
    .calls()
    .slice(callCount)
    .map((call) => call.split(" ")[0] as string);
  expect(repeated.filter((task) => doneBefore.includes(task))).toEqual([]);
  expect(repeated).toContain("count/c");
  const calm = new LettersHome();
  expect((await calm.start()).artifact).toEqual(result.artifact);
  expect(await calm.artifacts()).toBe(await letters.artifacts());
  expect((await letters.withRuns((runs) => runs.read("1"))).status).toBe("done");
});

test("a failed attempt is tried again after its back-off, and both are on record", async () => {
  const letters = new LettersHome();
  await letters.start({ "spell/c": "throw-once" });
  const { steps } = await letters.withRuns((runs) => runs.read("1"));
  const task = steps[1]?.tasks.find((each) => each.key === "c");
  expect(task?.attempts.map((attempt) => [attempt.attempt, attempt.status])).toEqual([
    [1, "failed"],
    [2, "done"],
  ]);
  expect(task?.attempts[0]?.error).toMatchObject({ code: "internal", message: "something was wrong" });
  const [first, second] = task?.attempts ?? [];
  expect((second?.startedMs ?? 0) - (first?.endedMs ?? 0)).toBeGreaterThanOrEqual(19);
});

test("bad input keeps its code, place and exit code, and is never tried again", async () => {
  const letters = new LettersHome();
  await expect(letters.start({ "spell/c": "bad-input" })).rejects.toMatchObject({
    code: "source-malformed",
    exitCode: 2,
    message: expect.stringMatching(/^films\.csv row 17, run 1\/spell\/c: a torn line/),
  });
  expect(letters.calls().filter((call) => call.startsWith("spell/c"))).toEqual(["spell/c 1"]);
});

test.each(["exit", "kill"] as const)(
  "a worker that dies by %s costs its task one attempt, not the run",
  async (trouble) => {
    const letters = new LettersHome();
    await letters.start({ "spell/c": trouble });
    const { steps } = await letters.withRuns((runs) => runs.read("1"));
    const attempts = steps[1]?.tasks.find((each) => each.key === "c")?.attempts ?? [];
    expect(attempts.map((attempt) => attempt.status)).toEqual(["crashed", "done"]);
    expect(attempts[0]?.error?.message).toContain(trouble === "exit" ? "exit code 7" : "killed by SIGKILL");
    const log = await letters.withRuns((runs) => runs.logs("1", { step: "spell", key: "c" }));
    expect(log[0]?.text).toMatch(/error the worker /);
  },
);

test("a worker over its heap limit ends the attempt with the last words of the runtime", async () => {
  const letters = new LettersHome();
  const run = letters.start({ "count/c": "fill-heap" }, { workerHeapMiB: 64 });
  await expect(run).rejects.toThrow(/heap out of memory.*Perhaps it ran out of memory/s);
});

test("an attempt that takes too long is killed and says so", async () => {
  const letters = new LettersHome();
  await expect(letters.start({ "spell/c": "hang" })).rejects.toThrow(
    "after 2 attempts: the task took longer than its timeoutMs of 2000",
  );
});

test("a stopped run ends within the grace, interrupted, and goes on later", async () => {
  const letters = new LettersHome();
  const stop = new AbortController();
  const options = { signal: stop.signal, stopGraceMs: 300, workers: 2 };
  const run = letters.start({ "count/a": "wait-for-abort", "count/b": "hang" }, options);
  const ended = expect(run).rejects.toMatchObject({ code: "interrupted", exitCode: 130 });
  while (!letters.calls().some((call) => call.startsWith("count/b")))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const before = performance.now();
  stop.abort();
  await ended;
  expect(performance.now() - before).toBeLessThan(3_000);
  const record = await letters.withRuns((runs) => runs.read("1"));
  expect(record.status).toBe("interrupted");
  expect(record.steps[2]?.tasks.map((task) => task.attempts.at(-1)?.status)).toEqual(["done", "stopped", "stopped"]);
  letters.fix();
  expect(await letters.resume({ run: "latest" })).toMatchObject({ status: "done" });
});

test("a torn artifact is told with its file, and never read as if it were whole", async () => {
  const letters = new LettersHome();
  await letters.start({ "count/a": "throw" }).catch(() => "as asked");
  letters.fix();
  truncateSync(blobOfA(letters.home), 9_000);
  await expect(letters.resume()).rejects.toMatchObject({
    code: "artifact-damaged",
    exitCode: 1,
    message: expect.stringMatching(
      /blobs.*an artifact is not what was written: it has 9000 bytes; expected 10000 bytes with SHA-256/,
    ),
  });
});

test("a run is pinned to its code: another version is refused, unless that is decided for", async () => {
  const letters = new LettersHome();
  await letters.start({ "count/c": "throw" }).catch(() => "as asked");
  letters.fix();
  await expect(letters.resume({ codeVersion: "2" })).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining("version 1 became 2"),
  });
  expect(await letters.resume({ codeVersion: "2", code: "new" })).toMatchObject({ status: "done" });
  expect((await letters.withRuns((runs) => runs.read("1"))).code.codeVersion).toBe("2");
});

test("a task that finds the disk full says of which machine, and how to go on", async () => {
  await expect(new LettersHome().start({ "count/c": "disk-full" })).rejects.toMatchObject({
    code: "disk-full",
    message: `run 1/count/c: ENOSPC: no space left on device, write (on ${hostname()}). Go on after a fix: kindred resume 1`,
  });
});
