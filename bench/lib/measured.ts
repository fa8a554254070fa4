import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** What a command used, over all its processes. */
export interface Measured {
  readonly exitCode: number | null;
  /** What it printed; empty when that was shown instead. */
  readonly printed: string;
  /** User and system time. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Proportional set size of all processes together at any time, sampled; 0 when it was not asked for. */
  readonly peakMebibytes: number;
  /** Wall clock at the start, to compare with marks that tasks leave. */
  readonly startedMs: number;
}

/** How a command is run. */
export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Whether its memory is sampled. */
  readonly memory?: boolean;
  /** Whether what it prints is shown as it comes, and not kept. */
  readonly shown?: boolean;
}

const sampleMs = 200;
/** Clock ticks a second, in which Linux tells CPU time of processes. */
const ticksPerSecond = 100;

/** Runs a command to its end, and measures all processes it starts. CPU of other children that end meanwhile counts too. */
export async function measured(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Measured> {
  const before = childCpuSeconds();
  const [startedMs, started] = [Date.now(), performance.now()];
  const env = { ...process.env, ...options.environment };
  const output = options.shown === true ? "inherit" : "pipe";
  const child = spawn(command, args, { cwd: options.folder, env, stdio: ["ignore", output, output] });
  const state = { printed: "", isEnded: false, exitCode: null as number | null };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      if (stream === child.stdout || state.printed.length < 10_000) state.printed += chunk.toString();
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once("close", (exitCode) => {
      Object.assign(state, { exitCode, isEnded: true });
      resolve();
    });
  });
  let peakMebibytes = 0;
  while (options.memory === true && !state.isEnded) {
    peakMebibytes = Math.max(peakMebibytes, await treeMebibytes(child.pid as number));
    await Promise.race([ended, wait(sampleMs)]);
  }
  await ended;
  const wallSeconds = (performance.now() - started) / 1e3;
  const cpuSeconds = childCpuSeconds() - before;
  return { exitCode: state.exitCode, printed: state.printed, cpuSeconds, wallSeconds, peakMebibytes, startedMs };
}

/** CPU time of all children of this process that have ended, theirs included. */
export function childCpuSeconds(): number {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
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
