import { setTimeout as wait } from "node:timers/promises";
import { childCpuSeconds, treeMebibytes } from "../../bench/lib/measured.ts";
import { type Ended, startKindred } from "./kindred-process.ts";

/** How a command line ended, and what it took. */
export interface Measured extends Ended {
  /** User and system time of the command, its workers and their threads. */
  readonly cpuSeconds: number;
  /** Most memory of all its processes together at any time, sampled. */
  readonly peakMebibytes: number;
}

const sampleMs = 100;

/** Runs `bin/kindred` to its end, and measures all processes that it starts. Nothing else may run in this process. */
export async function measuredKindred(cwd: string, ...args: string[]): Promise<Measured> {
  const before = childCpuSeconds();
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
  return { ...result, cpuSeconds: childCpuSeconds() - before, peakMebibytes };
}
