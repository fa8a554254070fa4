import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { openRuns, type RerunOptions, rerunTask, startRun } from "../index.ts";

const flowModule = new URL("../fixtures/noted-flow.ts", import.meta.url);

interface RanHome {
  readonly home: string;
  readonly options: RerunOptions;
}

const homes = new Map<number, Promise<RanHome>>();

afterAll(async () => {
  for (const ran of homes.values()) rmSync((await ran).home, { recursive: true, force: true, maxRetries: 5 });
});

/** A home with one run, in which this item fails; one for all tests, since a rerun leaves nothing behind. */
function ranHome(failing: number): Promise<RanHome> {
  const ran = homes.get(failing) ?? runOnce(failing);
  homes.set(failing, ran);
  return ran;
}

async function runOnce(failing: number): Promise<RanHome> {
  const home = mkdtempSync(join(tmpdir(), "kindred-rerun-"));
  const params = { failing, side: join(home, "side") };
  await startRun({ home, workers: 2, codeVersion: "1", flowModule, params }).catch(() => "it is to fail");
  return { home, options: { home, run: "1", step: "work", key: "k2", codeVersion: "1" } };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("runs.sqlite"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

test("a task that is done comes to the same bytes again, and nothing of it is kept", async () => {
  const { home, options } = await ranHome(-1);
  const before = [filesOf(home), readFileSync(join(home, "side"), "utf8")];
  const recordBefore = await record(home);
  const again = await rerunTask(options);
  expect(again).toMatchObject({ status: "done", isSame: true, changes: [], codeChanges: [], outcome: { item: 2 } });
  expect([filesOf(home), readFileSync(join(home, "side"), "utf8")]).toEqual(before);
  expect(await record(home)).toBe(recordBefore);
  expect(readdirSync(join(home, "tmp"))).toEqual([]);
});

test("a task that failed fails the same way, with the debug lines that the run dropped", async () => {
  const { home, options } = await ranHome(2);
  const lines: string[] = [];
  const again = await rerunTask({ ...options, logLevel: "debug", onLine: (line) => lines.push(line) });
  expect(again).toMatchObject({ status: "failed", isSame: true, before: { attempt: 1, status: "failed" } });
  expect(again.card).toEqual({
    parts: [
      { kind: "markdown", text: "# Item 2" },
      { kind: "html", text: "<p>done</p>" },
    ],
  });
  expect(lines.some((line) => line.includes('debug looks closer {"item":2}'))).toBe(true);
  expect(readFileSync(join(home, "logs/1/work/k2.1.log"), "utf8")).not.toContain("looks closer");
});

test("a changed source file is run in place of the run's, and the outcomes are told apart place by place", async () => {
  const { home, options } = await ranHome(-1);
  const changed = join(home, "changed-flow.ts");
  onTestFinished(() => rmSync(changed));
  cpSync(flowModule, changed);
  const text = readFileSync(changed, "utf8")
    .replace("return { item, blob", "return { item: item + 1, blob")
    .replace("../index.ts", fileURLToPath(new URL("../index.ts", import.meta.url)));
  writeFileSync(changed, text);
  const again = await rerunTask({ ...options, flowModule: changed });
  expect(again).toMatchObject({ isSame: false, changes: [{ path: "item", before: 2, after: 3 }] });
  expect(again.codeChanges).toEqual([expect.stringContaining("changed-flow.ts")]);
});

test("the task that lists the items, and a step of one task, can be run again too", async () => {
  const { options } = await ranHome(-1);
  expect(await rerunTask({ ...options, key: "(items)" })).toMatchObject({ status: "done", isSame: true });
  expect(await rerunTask({ ...options, step: "sum", key: "sum" })).toMatchObject({ isSame: true, outcome: 6 });
});

test("the call of the code is told before it, so that a debugger can stop there", async () => {
  const { options } = await ranHome(-1);
  const seen: string[] = [];
  await rerunTask({ ...options, onCode: () => seen.push("code"), onLine: () => seen.push("line") });
  expect(seen).toEqual(["code", "line"]);
});

test("a task that is not there is not found", async () => {
  const { options } = await ranHome(-1);
  await expect(rerunTask({ ...options, key: "k9" })).rejects.toMatchObject({ code: "not-found" });
  await expect(rerunTask({ ...options, run: "7" })).rejects.toMatchObject({ code: "not-found" });
});

test("a task of a step with secrets is run again with those of the environment here", async () => {
  const home = mkdtempSync(join(tmpdir(), "kindred-rerun-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const environment = { KINDRED_TEST_KEY: "hush-hush" };
  const secretFlow = new URL("../fixtures/secret-flow.ts", import.meta.url);
  await startRun({ home, workers: 1, codeVersion: "1", flowModule: secretFlow, environment });
  const options = { home, run: "1", step: "ask", key: "ask", codeVersion: "1" };
  expect(await rerunTask({ ...options, environment })).toMatchObject({ status: "done", isSame: true });
  expect(await rerunTask(options)).toMatchObject({ status: "failed", error: { code: "config-invalid" } });
});

test("resources laid over for a run are no other code", async () => {
  const home = mkdtempSync(join(tmpdir(), "kindred-rerun-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  await startRun({ home, workers: 1, codeVersion: "1", flowModule, resources: { work: { memoryMiB: 300 } } });
  const options = { home, run: "1", step: "work", key: "k2" };
  expect((await rerunTask({ ...options, codeVersion: "1" })).codeChanges).toEqual([]);
  expect((await rerunTask({ ...options, codeVersion: "2" })).codeChanges).not.toEqual([]);
});

test("facts and cards are kept with the attempt, also of one that failed", async () => {
  const { home } = await ranHome(2);
  const runs = await openRuns(home);
  onTestFinished(() => runs.close());
  const { attempts } = await runs.task("1", "work", "k2");
  expect(attempts[0]).toMatchObject({
    status: "failed",
    facts: { rows: 12, pairs: 200, largestBlock: { key: "mother" } },
  });
  expect((await runs.card("1", "work", "k2")).parts).toHaveLength(2);
  await expect(runs.card("1", "plan", "plan")).rejects.toMatchObject({ code: "not-found" });
});

test("logs begin with the failure, and are chosen by level and attempt", async () => {
  const { home } = await ranHome(2);
  const runs = await openRuns(home);
  onTestFinished(() => runs.close());
  expect((await runs.logs("1"))[0]).toMatchObject({ step: "work", key: "k2", status: "failed" });
  const errors = await runs.logs("1", { level: "error" });
  expect(errors.filter(({ text }) => text !== "").map(({ key, text }) => [key, text.includes("it broke")])).toEqual([
    ["k2", true],
  ]);
  expect(await runs.logs("1", { step: "work", attempt: 2 })).toEqual([]);
});

async function record(home: string): Promise<string> {
  expect(existsSync(join(home, "runs.sqlite"))).toBe(true);
  const runs = await openRuns(home);
  return JSON.stringify(await runs.read("1").finally(() => runs.close()));
}
