import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandHosts } from "./hosts.ts";
import { type Ended, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

const flowText = `
import { appendFileSync, existsSync } from "node:fs";
import { flow } from "kindred/flow";
import { weigh } from "./weigh.ts";

const called = (path: string, name: string): void => appendFileSync(path, name + " ");
export default flow("letters", { params: { calls: "", fixed: "" } })
  .step("plan", ({ params }): string[] => {
    called(params.calls, "plan");
    return ["a", "b"];
  })
  .foreach("weigh", { over: ({ plan }) => plan, key: (letter) => letter }, ({ item, params }) => {
    called(params.calls, "weigh/" + item);
    return weigh(item);
  })
  .step("count", { after: ["plan"] }, ({ art, params }) => {
    called(params.calls, "count");
    return art.plan.length;
  })
  .step("sum", { after: ["weigh", "count"] }, ({ art, params }) => {
    called(params.calls, "sum");
    if (!existsSync(params.fixed)) throw new Error("not yet");
    return art.weigh.reduce((sum, weight) => sum + weight, art.count);
  });
`;
const weigh = (weight: number): string => `export const weigh = (letter: string): number => letter.length * ${weight};`;

describe.each(commandHosts())("a flow that changed between run and resume, on $name", (host) => {
  let environment: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    environment = await host.open();
  });
  afterAll(() => host.close());

  const kindred = (folder: string, ...args: string[]): Promise<Ended> =>
    startKindred(folder, args, undefined, join(folder, ".kindred"), environment).ended;

  test("is told by its files and the steps they reach, and goes on as decided", { timeout: 180_000 }, async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "flow.ts": flowText, "weigh.ts": weigh(1) });
      const callsOf = (run: string): string => join(folder, `calls-${run}`);
      const fixed = join(folder, "fixed");
      for (const run of ["1", "2", "3"]) {
        const ran = await kindred(folder, "run", "flow.ts", "--calls", callsOf(run), "--fixed", fixed);
        expect(ran.exitCode, ran.stderr).toBe(4);
      }
      const same = await kindred(folder, "resume", "1");
      expect(same.exitCode, same.stderr).toBe(4);
      expect(same.stderr).toContain("not yet");
      await writeFiles(folder, { "weigh.ts": weigh(100), fixed: "" });

      const refused = await kindred(folder, "resume", "1");
      expect(refused.exitCode, refused.stderr).toBe(3);
      expect(refused.stderr).toContain("the code changed since the run began: weigh.ts changed; expected a decision");
      expect(refused.stderr).toContain("--code new (the code here, which runs weigh, sum again), --code old");

      const again = await kindred(folder, "rerun", "1/weigh/a", "--json");
      expect(JSON.parse(again.stdout)).toMatchObject({ isSame: true, outcome: 1, codeChanges: [] });

      for (const [run, code, artifact, repeated] of [
        // One of the two is the rerun's.
        ["1", "new", 202, ["sum", "sum", "weigh/a", "weigh/a", "weigh/b"]],
        ["2", "old", 4, ["sum"]],
        ["3", "mixed", 4, ["sum"]],
      ] as const) {
        const before = ["count", "plan", "sum", "weigh/a", "weigh/b"];
        const resumed = await kindred(folder, "resume", run, "--code", code, "--json");
        expect(resumed.exitCode, resumed.stderr).toBe(0);
        expect(JSON.parse(resumed.stdout).artifact, code).toBe(artifact);
        const calls = (await readFile(callsOf(run), "utf8")).trim().split(" ");
        expect(calls.toSorted(), code).toEqual([...before, ...repeated].toSorted());
      }

      const done = await kindred(folder, "resume", "3", "--code", "new");
      expect([done.exitCode, done.stderr]).toEqual([
        3,
        expect.stringContaining("run 3: the run is done, and of weigh some results are of earlier code"),
      ]);
      expect((await kindred(folder, "resume", "3", "--code", "mixed", "--json")).exitCode).toBe(0);
    });
  });
});

test("a run keeps its code while it is edited: a worker that begins later runs what the others ran", async () => {
  const slow = `
import { writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { flow } from "kindred/flow";
import { weigh } from "./weigh.ts";
export default flow("letters")
  .step("first", async () => {
    writeFileSync("begun", "");
    await wait(1500);
    return weigh("a");
  })
  .step("second", { isolate: true }, ({ art }) => [art.first, weigh("b")]);
`;
  await withFolder(async (folder) => {
    await writeFiles(folder, { "flow.ts": slow, "weigh.ts": weigh(1) });
    const running = startKindred(folder, ["run", "flow.ts", "--json"]);
    await expect.poll(() => readFile(join(folder, "begun"), "utf8").catch(() => null), { timeout: 20_000 }).toBe("");
    await writeFile(join(folder, "weigh.ts"), weigh(100));
    const { stdout, stderr } = await running.ended;
    expect(stderr).not.toContain("kindred:");
    expect(JSON.parse(stdout).artifact).toEqual([1, 1]);
  });
});

test("a flow that is edited while it is watched runs as it is, from its next run on", async () => {
  const watchedFlow = (step: string): string => `
import { flow } from "kindred/flow";
export default flow("watched", { triggers: [{ onEvent: "go" }] }).step("${step}", () => "${step}");
`;
  await withFolder(async (folder) => {
    const kindred = (...args: string[]): Promise<Ended> => startKindred(folder, args).ended;
    const artifact = async (run: string): Promise<unknown> => {
      const { stdout, exitCode } = await kindred("show", run, "--json");
      if (exitCode !== 0) return null;
      const { status, steps } = JSON.parse(stdout) as { status: string; steps: { step: string }[] };
      return [status, ...steps.map(({ step }) => step)];
    };
    await writeFiles(folder, { "flow.ts": watchedFlow("old") });
    const { child, ended } = startKindred(folder, ["run", "flow.ts", "--triggered"]);
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (chunk: Buffer) => chunk.includes("waiting for triggers") && resolve());
    });
    for (const [run, step] of [
      ["1", "old"],
      ["2", "new"],
    ] as const) {
      await writeFiles(folder, { "flow.ts": watchedFlow(step) });
      await kindred("emit", "go");
      await expect.poll(() => artifact(run), { timeout: 60_000, interval: 500 }).toEqual(["done", step]);
    }
    child.kill("SIGINT");
    expect((await ended).stderr).toContain("event 2: run 2 is done");
  });
}, 180_000);
