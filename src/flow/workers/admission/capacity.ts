import { statfsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname } from "node:path";
import type { HostConfig, NamedCapacity } from "./host-config.ts";

/** What a host has to give to all runs of a home. */
export interface Capacity {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  readonly named: Readonly<Record<string, NamedCapacity>>;
}

const bytesPerMiB = 1024 * 1024;

/** What this machine has, or the part of it that the configuration gives. A run that asks for more workers than cores has its way. */
export function hostCapacity(home: string, config: HostConfig, workers: number): Capacity {
  return {
    cpu: Math.max(config.cpu ?? availableParallelism(), workers),
    memoryMiB: config.memoryMiB ?? machineMemoryMiB(),
    diskMiB: config.diskMiB ?? freeDiskMiB(home),
    named: config.resources ?? {},
  };
}

/** All memory, or the part that the container may use. */
function machineMemoryMiB(): number {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(bytes / bytesPerMiB);
}

function freeDiskMiB(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.floor((bavail * bsize) / bytesPerMiB);
  } catch {
    return dirname(folder) === folder ? Number.POSITIVE_INFINITY : freeDiskMiB(dirname(folder));
  }
}
