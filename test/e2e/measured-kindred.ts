import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { treeMebibytes } from "../../bench/lib/measured-link.ts";
import { type Ended, startKindred } from "./kindred-process.ts";

/** How a command line ended, and what it took. */
export interface Measured extends Ended {
  /** User and system time of the command, its workers and their threads. */
  readonly cpuSeconds: number;
  /** Most memory of all its processes together at any time, sampled. */
  readonly peakMebibytes: number;
}

const sampleMs = 100;
/** Clock ticks a second, in which Linux tells CPU time of processes. */
const ticksPerSecond = 100;

/** Runs `bin/kindred` to its end, and measures all processes that it starts. Nothing else may run in this process. */
export async function measuredKindred(cwd: string, ...args: string[]): Promise<Measured> {
  const before = childTicks();
  const { child, ended } = startKindred(cwd, args);
  let result: Ended | undefined;
  void ended.then((one) => {
    result = one;
  });
  let peakMebibytes = 0;
  while (result === undefined) {
    peakMebibytes = Math.max(peakMebibytes, await treeMebibytes(child.pid as number));
    await wait(sampleMs);
  }
  return { ...result, cpuSeconds: (childTicks() - before) / ticksPerSecond, peakMebibytes };
}

/** CPU time of all children that have ended, theirs included. */
function childTicks(): number {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[13]) + Number(fields[14]);
}
