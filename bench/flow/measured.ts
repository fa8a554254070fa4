import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { treeMebibytes } from "../lib/measured-link.ts";

/** What a command used, over all its processes. */
export interface Measured {
  readonly exitCode: number | null;
  readonly printed: string;
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
  readonly memory?: boolean;
}

const sampleMs = 200;
/** Clock ticks a second, in which Linux tells CPU time of processes. */
const ticksPerSecond = 100;

/** Runs a command to its end. */
export async function measured(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Measured> {
  const before = childTicks();
  const [startedMs, started] = [Date.now(), performance.now()];
  const env = { ...process.env, ...options.environment };
  const child = spawn(command, args, { cwd: options.folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const state = { printed: "", isEnded: false, exitCode: null as number | null };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
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
  const cpuSeconds = (childTicks() - before) / ticksPerSecond;
  return { exitCode: state.exitCode, printed: state.printed, cpuSeconds, wallSeconds, peakMebibytes, startedMs };
}

/** Files below a folder, and their bytes. */
export function contentOf(folder: string): { readonly files: number; readonly bytes: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = entries.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  return { files: entries.length, bytes };
}

/** CPU time of all children that have ended, theirs included. */
function childTicks(): number {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[13]) + Number(fields[14]);
}
