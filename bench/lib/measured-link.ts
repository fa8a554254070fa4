import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type AttemptRecord, openRuns } from "../../src/flow/index.ts";

/** What one `kindred link` used, over all its processes. */
export interface MeasuredLink {
  /** User and system time of the command, its workers and their threads. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** CPU seconds of the tasks of each step; what is left of `cpuSeconds` is the command itself and the start of workers. */
  readonly cpuByStep: Readonly<Record<string, number>>;
  /** Wall seconds of each task, by step. */
  readonly taskSecondsByStep: Readonly<Record<string, readonly number[]>>;
  /** Wall seconds of each step, from the start of its first task to the end of its last one. */
  readonly wallByStep: Readonly<Record<string, number>>;
  /** Most memory of all processes together at any time: proportional set size, sampled. */
  readonly peakMebibytes: number;
}

const bin = fileURLToPath(new URL("../../bin/kindred", import.meta.url));
const sampleMs = 200;
/** Clock ticks a second, in which Linux tells CPU time of processes. */
const ticksPerSecond = 100;

/** Runs the product's own command to its end, with a home of its own, and measures all processes it starts. */
export async function measuredLink(home: string, args: readonly string[]): Promise<MeasuredLink> {
  const before = childTicks();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [bin, "link", ...args], {
    env: { ...process.env, KINDRED_HOME: home },
    stdio: ["ignore", "inherit", "inherit"],
  });
  let exitCode: number | null | undefined;
  child.once("close", (code) => {
    exitCode = code;
  });
  let peakMebibytes = 0;
  while (exitCode === undefined) {
    peakMebibytes = Math.max(peakMebibytes, await treeMebibytes(child.pid as number));
    await wait(sampleMs);
  }
  if (exitCode !== 0) throw new Error(`kindred link ended with ${exitCode}`);
  return {
    cpuSeconds: (childTicks() - before) / ticksPerSecond,
    wallSeconds: (performance.now() - startedMs) / 1e3,
    ...(await timesOf(home)),
    peakMebibytes: Math.round(peakMebibytes),
  };
}

/** CPU time of all children that have ended, theirs included. */
function childTicks(): number {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[13]) + Number(fields[14]);
}

/** Proportional set size of a process and all below it, in MiB. */
export async function treeMebibytes(pid: number): Promise<number> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  let sum = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  for (const task of tasks) {
    const children = await readFile(`/proc/${pid}/task/${task}/children`, "utf8").catch(() => "");
    for (const child of children.split(" ").filter(Boolean)) sum += await treeMebibytes(Number(child));
  }
  return sum;
}

type Times = Pick<MeasuredLink, "cpuByStep" | "taskSecondsByStep" | "wallByStep">;

async function timesOf(home: string): Promise<Times> {
  const runs = await openRuns(home);
  try {
    const latest = await runs.latest();
    const { steps } = await runs.read(latest?.run ?? "");
    const byStep = <T>(of: (attempts: readonly AttemptRecord[]) => T): Record<string, T> =>
      Object.fromEntries(steps.map(({ step, tasks }) => [step, of(tasks.flatMap((task) => task.attempts))]));
    return {
      cpuByStep: byStep((attempts) => attempts.reduce((sum, { usage }) => sum + (usage?.cpuSeconds ?? 0), 0)),
      taskSecondsByStep: byStep((attempts) => attempts.map(secondsOf)),
      wallByStep: byStep(spanOf),
    };
  } finally {
    await runs.close();
  }
}

function secondsOf({ startedMs, endedMs }: AttemptRecord): number {
  return ((endedMs ?? startedMs) - startedMs) / 1e3;
}

function spanOf(attempts: readonly AttemptRecord[]): number {
  const ends = attempts.map(({ startedMs, endedMs }) => endedMs ?? startedMs);
  return (Math.max(...ends) - Math.min(...attempts.map(({ startedMs }) => startedMs))) / 1e3;
}
