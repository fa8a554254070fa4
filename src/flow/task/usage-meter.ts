import { readFileSync, writeFileSync } from "node:fs";
import type { TaskUsage } from "../run-record.ts";

/** Measures what one attempt uses of a warm worker. */
export class UsageMeter {
  blobReadBytes = 0;
  blobWrittenBytes = 0;
  modelTokens = 0;
  money = 0;
  private readonly before = process.cpuUsage();

  constructor() {
    resetPeak();
  }

  usage(): TaskUsage {
    const { user, system } = process.cpuUsage(this.before);
    return {
      cpuSeconds: (user + system) / 1e6,
      peakRssBytes: peakRssBytes(),
      blobReadBytes: this.blobReadBytes,
      blobWrittenBytes: this.blobWrittenBytes,
      ...(this.modelTokens === 0 ? {} : { modelTokens: this.modelTokens }),
      ...(this.money === 0 ? {} : { money: this.money }),
    };
  }
}

/** Linux can forget the peak, so that a task is not blamed for the one before it. Elsewhere it is that of the worker. */
function resetPeak(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    return;
  }
}

function peakRssBytes(): number {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "latin1"))?.[1];
    if (peak !== undefined) return Number(peak) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
