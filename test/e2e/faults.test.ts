import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import type { RunRecord } from "../../src/flow/index.ts";
import {
  kindred,
  madeCatalogues,
  type Running,
  resultBytes,
  startKindred,
  withFolder,
  writeFiles,
} from "./kindred-process.ts";

const records = 2_500;
const link = ["link", "a.csv", "b.csv", "--out", "out", "--shards", "6"];
const seed = 20_261_122;

async function prepared(folder: string): Promise<void> {
  const { left, right } = madeCatalogues(records);
  await writeFiles(folder, { "a.csv": left, "b.csv": right });
}

async function runOf(folder: string): Promise<RunRecord> {
  return JSON.parse((await kindred(folder, "show", "latest", "--json")).stdout) as RunRecord;
}

/** Tasks that were done, with how often they were tried. */
function doneTasks(run: RunRecord): Map<string, number> {
  const done = run.steps.flatMap((step) =>
    step.tasks
      .filter((task) => task.status === "done")
      .map((task) => [`${step.step}/${task.key}`, task.attempts.length] as const),
  );
  return new Map(done);
}

/** The processes that a process started; none when it is gone. */
function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return stdout.trim().split("\n").filter(Boolean).map(Number);
}

/** Waits until a step is told as finished, then a little longer. */
async function afterStep({ child, ended }: Running, step: string, delayMs: number): Promise<void> {
  const told = new Promise<void>((resolve) => {
    let text = "";
    child.stderr?.on("data", (chunk) => {
      text += chunk;
      if (text.includes(`  ${step} `)) resolve();
    });
  });
  await Promise.race([told, ended]);
  await wait(delayMs);
}

/** Kills, unless it is gone already. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe("ESRCH");
  }
}

let whole: Record<string, string>;
beforeAll(async () => {
  await withFolder(async (folder) => {
    await prepared(folder);
    const ended = await kindred(folder, ...link);
    expect(ended.stderr + ended.stdout).toContain("matches");
    whole = await resultBytes(join(folder, "out"));
  });
}, 120_000);

describe("a run that is killed with -9", () => {
  const random = seededRandom(seed);
  const steps = ["plan", "ingest", "freeze", "count", "match", "cluster"];
  const moments = steps.map((step, round) => ({ step, delayMs: random.integer(250), round }));

  test.for(moments)(
    "$delayMs ms after $step goes on to the same bytes, and repeats no finished task",
    { timeout: 120_000 },
    async ({ step, delayMs, round }) => {
      await withFolder(async (folder) => {
        await prepared(folder);
        const running = startKindred(folder, link);
        await afterStep(running, step, delayMs);
        const pid = running.child.pid as number;
        // In turn the process that was started, and one that it started.
        kill(round % 2 === 0 ? pid : (childrenOf(pid)[0] ?? pid));
        await running.ended;
        const before = await runOf(folder);
        const done = doneTasks(before);
        // A worker that is killed costs an attempt and not the run; and after the last step a kill may come too late.
        const maySurvive = round % 2 === 1 || step === "cluster";
        expect(maySurvive ? ["interrupted", "done"] : ["interrupted"]).toContain(before.status);
        expect(done.size).toBeGreaterThan(0);
        const resumed = await kindred(folder, "resume");
        expect(resumed.stderr).not.toContain("kindred:");
        expect(resumed.exitCode).toBe(0);
        expect(await resultBytes(join(folder, "out"))).toEqual(whole);
        const after = doneTasks(await runOf(folder));
        for (const [task, attempts] of done) expect([task, after.get(task)]).toEqual([task, attempts]);
      });
    },
  );

  test("in a worker loses one attempt and not the run", async () => {
    await withFolder(async (folder) => {
      await prepared(folder);
      const running = startKindred(folder, link);
      await afterStep(running, "freeze", 50);
      const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
      const worker = stdout
        .split("\n")
        .find((line) => line.includes("worker-entry") && line.includes(` ${running.child.pid} `));
      expect(worker).toBeDefined();
      kill(Number.parseInt(worker as string, 10));
      const ended = await running.ended;
      expect(ended.exitCode).toBe(0);
      expect(await resultBytes(join(folder, "out"))).toEqual(whole);
    });
  }, 120_000);
});

describe("a run that is stopped with Ctrl-C", () => {
  test("exits with 130, is not published, and goes on to the same bytes", async () => {
    await withFolder(async (folder) => {
      await prepared(folder);
      const running = startKindred(folder, link);
      await afterStep(running, "ingest", 50);
      running.child.kill("SIGINT");
      const ended = await running.ended;
      expect(ended.exitCode).toBe(130);
      expect((await runOf(folder)).status).toBe("interrupted");
      expect((await kindred(folder, "resume")).exitCode).toBe(0);
      expect(await resultBytes(join(folder, "out"))).toEqual(whole);
    });
  }, 120_000);
});

test("a run that is alive cannot be resumed beside itself", async () => {
  await withFolder(async (folder) => {
    await prepared(folder);
    const running = startKindred(folder, link);
    await afterStep(running, "plan", 0);
    const second = await kindred(folder, "resume", "1");
    await running.ended;
    expect([second.exitCode, second.stderr.includes("run 1")]).toEqual([3, true]);
  });
}, 120_000);

describe("the same bytes come out", () => {
  test.for([
    ["one worker", ["--workers", "1"]],
    ["two workers", ["--workers", "2"]],
    ["one shard", ["--shards", "1"]],
    ["sixteen shards", ["--shards", "16"]],
  ] as const)("with %s", { timeout: 120_000 }, async ([, options]) => {
    await withFolder(async (folder) => {
      await prepared(folder);
      const base = link.slice(0, 5);
      expect((await kindred(folder, ...base, ...options)).exitCode).toBe(0);
      expect(await resultBytes(join(folder, "out"))).toEqual(whole);
    });
  });
});
