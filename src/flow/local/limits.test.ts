import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { isProcessAlive } from "../../base/index.ts";
import type { Trouble } from "../fixtures/letters-flow.ts";
import { LettersHome } from "../fixtures/letters-home.ts";

async function attemptsOf(letters: LettersHome, step: number, key: string) {
  const { steps } = await letters.withRuns((runs) => runs.read("1"));
  return steps[step]?.tasks.find((task) => task.key === key)?.attempts ?? [];
}

test("a task over its memory is stopped with what it held, its limit and how to raise it; resumed with more it is done", async () => {
  const letters = new LettersHome();
  const run = letters.start({ "count/c": "fill-memory" }, { resources: { count: { memoryMiB: 200 } } });
  await expect(run).rejects.toMatchObject({
    code: "limit-exceeded",
    message: expect.stringMatching(
      /^run 1\/count\/c: the task holds \d{3} MiB .*at most the memoryMiB 200 .*--with count\.memoryMiB=512/,
    ),
  });
  expect((await attemptsOf(letters, 2, "c")).map(({ status }) => status)).toEqual(["crashed"]);
  const [log] = await letters.withRuns((runs) => runs.logs("1", { step: "count", key: "c" }));
  expect(log?.text).toMatch(/error the task holds \d{3} MiB/);
  await letters.resume({ resources: { count: { memoryMiB: 1_024 } } });
  const attempts = await attemptsOf(letters, 2, "c");
  expect(attempts.map(({ status }) => status)).toEqual(["crashed", "done"]);
  expect(attempts[1]?.usage?.peakRssBytes).toBeGreaterThan(400 * 1024 * 1024);
});

test("the memory of what a task starts is its own", async () => {
  const letters = new LettersHome();
  const run = letters.start({ "count/c": "fill-child" }, { resources: { count: { memoryMiB: 256 } } });
  await expect(run).rejects.toMatchObject({
    code: "limit-exceeded",
    message: expect.stringContaining("memoryMiB 256"),
  });
});

test("a heap that outgrows the memory of its task is told like any other memory", async () => {
  const letters = new LettersHome();
  const options = { resources: { count: { memoryMiB: 4_096 } }, workerHeapMiB: 64 };
  await expect(letters.start({ "count/c": "fill-heap" }, options)).rejects.toMatchObject({
    code: "limit-exceeded",
    message: expect.stringContaining("--with count.memoryMiB="),
  });
});

test("a worker that is stopped is killed, which costs its task one attempt; one that computes without looking up is not", async () => {
  const letters = new LettersHome();
  const trouble: Record<string, Trouble> = { "spell/c": "freeze", "count/d": "compute" };
  await letters.start(trouble, { silenceMs: 1_000 });
  const [frozen, ...others] = await attemptsOf(letters, 1, "c");
  expect(frozen).toMatchObject({
    status: "crashed",
    error: { message: "the worker neither answered nor computed for 1 s and was killed" },
  });
  expect(others.map(({ status }) => status)).toEqual(["done"]);
  expect((await attemptsOf(letters, 2, "d")).map(({ status }) => status)).toEqual(["done"]);
});

test("a time-out ends also what a task started in a process group of its own", async () => {
  const letters = new LettersHome();
  await letters.start({ "spell/c": "detach" }).catch(() => "as asked");
  await wait(100);
  expect(isProcessAlive(Number(readFileSync(join(letters.home, "detached"), "utf8")))).toBe(false);
});

test("a step that declares more than the host has is refused before there is a run", async () => {
  const letters = new LettersHome();
  const cases = [
    [
      { count: { memoryMiB: 10_000_000 } },
      /memoryMiB 10000000, more than this host has; expected \d+ at most.*--with count\.memoryMiB=\d+/,
    ],
    [{ count: { cpu: 5_000 } }, /cpu 5000/],
    [{ spell: { diskMiB: 1e12 } }, /diskMiB 1000000000000/],
    [{ spell: { gpu: 1 } }, /needs "gpu", which this host does not know.*host\.json/],
  ] as const;
  for (const [resources, message] of cases) {
    const refused = { code: "refused", exitCode: 3, message: expect.stringMatching(message) };
    await expect(letters.start({}, { resources })).rejects.toMatchObject(refused);
  }
  expect(existsSync(join(letters.home, "runs.sqlite"))).toBe(false);
});
