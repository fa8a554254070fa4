import type { ErrorJson } from "../../../base/index.ts";
import { deathError } from "./death-error.ts";
import type { PoolTask } from "./pool-task.ts";
import { cpuTicks, processTree, residentBytes } from "./process-tree.ts";

const bytesPerMiB = 1024 * 1024;

/**
 * How often memory is looked at: what grows by 1 GB a second is over its limit by a tenth of that when it is seen. A look
 * at a worker without children costs .11 ms CPU.
 */
const memoryLookMs = 100;

/** How many looks there are in the time after which a silent worker is taken for dead. */
const silenceLooks = 10;

/** Looks after one running attempt: that it keeps its memory limit, and that its worker is alive. */
export class AttemptWatch {
  peakRssBytes = 0;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly task: PoolTask;
  private readonly pid: number;
  private readonly onOver: (error: ErrorJson) => void;
  private looksInSilence = 0;
  private lastTicks: number | null = null;

  /** `onOver` is told at most once why the worker must be killed. */
  constructor(task: PoolTask, pid: number, silenceMs: number, onOver: (error: ErrorJson) => void) {
    this.task = task;
    this.pid = pid;
    this.onOver = onOver;
    if (task.demand.memoryMiB > 0) this.timers.push(setInterval(() => this.lookAtMemory(), memoryLookMs));
    this.timers.push(setInterval(() => this.lookForLife(silenceMs), silenceMs / silenceLooks));
  }

  /** The worker said something. */
  heard(): void {
    this.looksInSilence = 0;
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private lookAtMemory(): void {
    const resident = residentBytes(processTree(this.pid)) ?? 0;
    this.peakRssBytes = Math.max(this.peakRssBytes, resident);
    const { memoryMiB } = this.task.demand;
    if (resident > memoryMiB * bytesPerMiB) this.over(memoryError(this.task, `holds ${mebibytes(resident)} MiB`));
  }

  /**
   * Counted in looks, not by the clock: a scheduler that was stopped itself finds no worker silent. A worker busy in one long
   * computation answers nothing but uses processor time; one that is stopped or hangs for ever uses none.
   */
  private lookForLife(silenceMs: number): void {
    this.looksInSilence += 1;
    const ticks = cpuTicks(processTree(this.pid));
    if (ticks === null || ticks !== this.lastTicks) this.looksInSilence = Math.min(this.looksInSilence, 1);
    this.lastTicks = ticks;
    if (this.looksInSilence > silenceLooks) this.over(silenceError(silenceMs));
  }

  private over(error: ErrorJson): void {
    this.stop();
    this.onOver(error);
  }
}

/** The error of a task that outgrew what its step declares; another attempt would only do so again. */
export function memoryError({ address, demand }: PoolTask, seen: string): ErrorJson {
  const { step } = address;
  const more = Math.ceil((demand.memoryMiB * 2) / 256) * 256;
  return deathError("limit-exceeded", {
    seen: `the task ${seen} with all that it started and was stopped`,
    expected: `at most the memoryMiB ${demand.memoryMiB} of its step`,
    hint: `Declare more, or resume the run with --with ${step}.memoryMiB=${more}`,
  });
}

function silenceError(silenceMs: number): ErrorJson {
  const seen = `the worker neither answered nor computed for ${silenceMs / 1000} s and was killed`;
  return deathError("run-failed", { seen });
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / bytesPerMiB);
}
