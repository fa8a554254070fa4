import { fileURLToPath } from "node:url";
import { type AttemptRecord, openRuns } from "../../src/flow/index.ts";
import { measured } from "./measured.ts";

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

/** Runs the product's own command to its end, with a home of its own, and measures all processes it starts. */
export async function measuredLink(home: string, args: readonly string[]): Promise<MeasuredLink> {
  const options = { environment: { KINDRED_HOME: home }, memory: true, shown: true };
  const used = await measured(process.execPath, [bin, "link", ...args], options);
  const { exitCode, cpuSeconds, wallSeconds, peakMebibytes } = used;
  if (exitCode !== 0) throw new Error(`kindred link ended with ${exitCode}`);
  return { cpuSeconds, wallSeconds, ...(await timesOf(home)), peakMebibytes: Math.round(peakMebibytes) };
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
