import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { tokensPerTask } from "../fixtures/thrifty-flow.ts";
import type { RunRecord } from "../index.ts";
import { secretKey } from "./fixtures/host-under-test.ts";
import { localHost, sharedHost, temporalHost } from "./fixtures/hosts-under-test.ts";

/** A folder that tasks leave their calls in. */
function callsFolder(): { readonly folder: string; calls(): string[]; fix(): void } {
  const folder = mkdtempSync(join(tmpdir(), "kindred-calls-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    calls: () => {
      const path = join(folder, "calls");
      return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
    },
    fix: () => writeFileSync(join(folder, "fixed"), ""),
  };
}

function attemptsOf(record: RunRecord, step: string, key: string): string[] {
  const tasks = record.steps.find((each) => each.step === step)?.tasks;
  return tasks?.find((task) => task.key === key)?.attempts.map(({ status }) => status) ?? [];
}

describe.each([localHost(), sharedHost(), temporalHost()])("on $name", (host) => {
  beforeAll(() => host.open());
  afterAll(() => host.close());

  test("a foreach gives outcomes in the order of its items, and each task is called once", async () => {
    const { folder, calls } = callsFolder();
    const result = await host.start("letters", { folder, letters: "zyxabc" });
    expect(result.artifact).toMatchObject({ text: "z10000 y10000 x10000 a10000 b10000 c10000" });
    expect(new Set(calls()).size).toBe(calls().length);
    expect(calls()).toHaveLength(14);
    expect((await host.latest()).status).toBe("done");
  });

  test("a foreach over nothing is done at once, with an empty artifact", async () => {
    const { folder } = callsFolder();
    expect(await host.start("letters", { folder, letters: "" })).toMatchObject({ artifact: { text: "", counts: [] } });
  });

  test("branches, a condition, a foreach within a foreach and caught failures come to what the flow says", async () => {
    const { artifact, run } = await host.start("shapes", { loud: false, broken: "b", fatal: "c" });
    expect(artifact).toEqual({
      sees: ["left", "loud", "pieces", "plan", "spell", "times"],
      loud: null,
      spell: ["a", { code: "internal", message: "b is broken" }, { code: "fatal", message: "c is beyond help" }],
      times: [["a0"], [], []],
      pieces: [[["a/0/at0=a", "a/0/at1=0"]], [], []],
    });
    const record = await host.latest();
    expect(record.run).toBe(run);
    expect(record.steps.map(({ status }) => status)).toEqual([
      ...["done", "done", "skipped", "done", "done", "done", "done"],
    ]);
    expect(attemptsOf(record, "spell", "b")).toEqual(["failed", "failed"]);
    expect(attemptsOf(record, "spell", "c")).toEqual(["failed"]);
  });

  test("a failed attempt, a killed worker process and a time-out each cost one attempt", async () => {
    const { folder } = callsFolder();
    const trouble = { "spell/a": "throw-once", "spell/b": "kill" };
    await host.start("letters", { folder, letters: "abc", trouble });
    const record = await host.latest();
    expect(attemptsOf(record, "spell", "a")).toEqual(["failed", "done"]);
    expect(attemptsOf(record, "spell", "b")).toEqual(["crashed", "done"]);
    const hanging = host.start("letters", { folder, letters: "d", trouble: { "spell/d": "hang" } });
    await expect(hanging).rejects.toMatchObject({
      code: "run-failed",
      message: expect.stringContaining("after 2 attempts: the task took longer than its timeoutMs of 2000"),
    });
    expect(attemptsOf(await host.latest(), "spell", "d")).toEqual(["timed-out", "timed-out"]);
  });

  test("a task that failed fails the same way in a rerun here, wherever it ran, and the run stays as it is", async () => {
    const { folder, fix } = callsFolder();
    const failing = host.start("letters", { folder, letters: "ab", trouble: { "spell/b": "throw" } });
    await expect(failing).rejects.toMatchObject({ code: "run-failed" });
    const before = await host.latest();
    const address = { run: before.run, step: "spell", key: "b" };
    const { result, lines } = await host.rerun(address);
    expect(result).toMatchObject({ status: "failed", isSame: true, error: { message: "something is wrong" } });
    expect(lines.join("")).toContain('info entered {"key":"b"}');
    fix();
    expect((await host.rerun(address)).result).toMatchObject({ status: "done", outcome: { letter: "b" } });
    expect((await host.rerun({ ...address, key: "a" })).result).toMatchObject({ status: "done", isSame: true });
    expect(await host.latest()).toEqual(before);
  });

  test("logs are read from any machine: the first failure first, a killed process told of, attempts apart", async () => {
    const { folder } = callsFolder();
    const trouble = { "spell/a": "kill", "spell/b": "throw" };
    const failing = host.start("letters", { folder, letters: "abc", trouble });
    await expect(failing).rejects.toMatchObject({ code: "run-failed" });
    const { run } = await host.latest();
    const logs = await host.logs(run);
    expect(logs[0]).toMatchObject({ step: "spell", status: expect.stringMatching(/^(crashed|failed)$/) });
    const textOf = (key: string, attempt: number): string | undefined =>
      logs.find((log) => log.step === "spell" && log.key === key && log.attempt === attempt)?.text;
    expect(textOf("a", 1)).toMatch(
      /info entered \{"key":"a"\}\n\S+ print printed by a\n\S+ error the worker was killed/,
    );
    expect(textOf("b", 1)).toMatch(/error Error: something is wrong/);
    expect(textOf("b", 2)).toMatch(/error Error: something is wrong/);
    const errors = await host.logs(run, { step: "spell", key: "b", attempt: 2, level: "error" });
    expect(errors.map(({ text }) => text.split("\n")[0])).toEqual([
      expect.stringMatching(/^\S+ error Error: something is wrong$/),
    ]);
  });

  test("debug lines are written when the run asks for them", async () => {
    const [{ run: quiet }, { run: loud }] = [
      await host.start("secret", {}),
      await host.start("secret", {}, { logLevel: "debug" }),
    ];
    expect((await host.logs(quiet))[0]?.text).not.toContain("debug");
    expect((await host.logs(loud))[0]?.text).toMatch(/debug has a key of 13/);
  });

  test("bad input keeps its code and place, and is not tried again", async () => {
    const { folder, calls } = callsFolder();
    const run = host.start("letters", { folder, trouble: { "spell/c": "bad-input" } });
    await expect(run).rejects.toMatchObject({ code: "source-malformed", exitCode: 2 });
    expect(calls().filter((call) => call.startsWith("spell/c"))).toHaveLength(1);
  });

  test("a failed run is resumed: no finished task is repeated, and it comes to what an untroubled one comes to", async () => {
    const { folder, calls, fix } = callsFolder();
    const letters = "abcdefgh";
    const failing = host.start("letters", { folder, letters, trouble: { "count/c": "throw" } });
    await expect(failing).rejects.toMatchObject({ code: "run-failed", exitCode: 4 });
    const failed = await host.latest();
    expect(failed.status).toBe("failed");
    const finished = failed.steps.flatMap(({ step, tasks }) =>
      tasks.filter(({ status, index }) => status === "done" && index >= 0).map(({ key }) => `${step}/${key}`),
    );
    const before = calls().length;
    fix();
    const { artifact } = await host.resume(failed.run);
    const repeated = calls()
      .slice(before)
      .map((call) => call.split(" ")[0] as string);
    expect(repeated.filter((call) => finished.includes(call))).toEqual([]);
    const calm = callsFolder();
    expect((await host.start("letters", { folder: calm.folder, letters })).artifact).toEqual(artifact);
  });

  test("a run that is resumed keeps the resources it was started with, beside those that its resume names", async () => {
    const { folder, fix } = callsFolder();
    const params = { folder, letters: "ab", trouble: { "count/a": "throw" } };
    const failing = host.start("letters", params, {
      resources: { count: { memoryMiB: 700 }, spell: { memoryMiB: 700 } },
    });
    await expect(failing).rejects.toMatchObject({ code: "run-failed" });
    fix();
    const { run } = await host.latest();
    await host.resume(run, { resources: { count: { memoryMiB: 600 } } });
    const { graph } = await host.latest();
    const memory = graph.steps.map(({ name, resources }) => [name, resources.memoryMiB]);
    expect(Object.fromEntries(memory)).toMatchObject({ spell: 700, count: 600 });
  });

  test("a secret is handed to the step that names it, masked in all that it says, and refused in results and files", async () => {
    expect((await host.start("secret", {})).artifact).toMatchObject({ length: secretKey.length });
    const failing = host.start("secret", { act: "throw" });
    await expect(failing).rejects.toThrow("refused: <KINDRED_TEST_KEY>");
    const { run } = await host.latest();
    expect(JSON.stringify([await host.latest(), await host.logs(run)])).not.toContain("hush");
    expect((await host.logs(run))[0]?.text).toContain("asks with <KINDRED_TEST_KEY>");
    await expect(host.start("secret", { act: "throw at length" })).rejects.toThrow("xxxx");
    const atLength = (await host.latest()).run;
    expect(JSON.stringify([await host.latest(), await host.logs(atLength)])).not.toContain("hush");
    const crashing = host.start("secret", { act: "crash" });
    await expect(crashing).rejects.toThrow("it last printed: Error: nobody catches <KINDRED_TEST_KEY>");
    const crashed = (await host.latest()).run;
    expect(JSON.stringify([await host.latest(), await host.logs(crashed)])).not.toContain("hush");
    expect((await host.logs(crashed))[0]?.text).toMatch(/Error: nobody catches <KINDRED_TEST_KEY>\n\s+at /);
    const leaks = {
      leak: "the result holds the secret",
      blob: "the file answers.csv holds the secret",
      "data set": "the file answers.csv holds the secret",
    };
    for (const [act, message] of Object.entries(leaks)) {
      await expect(host.start("secret", { act })).rejects.toMatchObject({
        code: "config-invalid",
        message: expect.stringContaining(message),
      });
      expect(JSON.stringify(await host.latest())).not.toContain("hush");
    }
  });

  test("a fan-out beyond a ceiling is refused when its width is known, before its first task, and goes on with more", async () => {
    const { folder, calls } = callsFolder();
    const budgets = { run: { tasks: 8 } };
    const narrow = host.start("letters", { folder }, { budgets, project: "narrow" });
    await expect(narrow).rejects.toMatchObject({
      code: "refused",
      exitCode: 3,
      message: expect.stringContaining("step spell with 10 tasks"),
    });
    const { run, status } = await host.latest();
    expect(status).toBe("interrupted");
    expect(calls()).toHaveLength(1);
    expect(await host.resume(run, { budgets: { run: { tasks: 100 } } })).toMatchObject({ status: "done" });
    expect(calls()).toHaveLength(22);
  });

  test("a run that reaches a ceiling in a step of one task stops before the next, and goes on without a ceiling", async () => {
    const { folder, calls } = callsFolder();
    const budgets = { run: { memoryMiB: 1 } };
    const small = host.start("letters", { folder }, { budgets, project: "small" });
    await expect(small).rejects.toMatchObject({ code: "budget-spent", exitCode: 4 });
    expect(calls()).toHaveLength(1);
    const { run, status, error } = await host.latest();
    expect([status, error?.code]).toEqual(["interrupted", "budget-spent"]);
    expect(await host.resume(run)).toMatchObject({ status: "done" });
    expect(calls()).toHaveLength(22);
  });

  test("a run that reaches a ceiling in the middle of a fan-out stops, and is resumed without repeating a task", async () => {
    const { folder, calls } = callsFolder();
    const budgets = { run: { modelTokens: 3.5 * tokensPerTask } };
    const thrifty = host.start("thrifty", { folder, tasks: 40 }, { budgets, project: "thrifty" });
    await expect(thrifty).rejects.toMatchObject({
      code: "budget-spent",
      message: expect.stringContaining("modelTokens are used; expected at most 35 modelTokens for the run"),
    });
    const { run, status } = await host.latest();
    expect(status).toBe("interrupted");
    // What runs beside the task that reaches the ceiling, and what another worker begins before it hears of it, is all there is more.
    expect(calls().length).toBeGreaterThanOrEqual(4);
    expect(calls().length).toBeLessThan(40);
    expect(await host.resume(run)).toMatchObject({ status: "done", artifact: (39 * 40) / 2 });
    expect(new Set(calls()).size).toBe(40);
  });

  test("a stopped run ends its tasks, shows as interrupted, and goes on later", async () => {
    const { folder, calls, fix } = callsFolder();
    const stop = new AbortController();
    const trouble = { "spell/a": "wait-for-abort", "spell/b": "wait-for-abort" };
    const running = host.start("letters", { folder, letters: "abcd", trouble }, { signal: stop.signal });
    running.catch(() => "looked at below");
    while (!calls().some((call) => call.startsWith("spell/"))) await sleep(50);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: "interrupted", exitCode: 130 });
    const stopped = await host.latest();
    expect(stopped.status).toBe("interrupted");
    fix();
    expect(await host.resume(stopped.run)).toMatchObject({
      status: "done",
      artifact: { text: expect.stringMatching(/^a10000 b/) },
    });
  });
});
