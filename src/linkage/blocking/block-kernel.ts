import { type KernelExports, openKernel } from "../../base/index.ts";
import { Arena } from "../engine/arena.ts";

/** What of the kernel `wasm/linkage` makes and counts block keys, in an arena in which nothing outlives a call. */
export interface BlockKernel {
  readonly arena: Arena;
  readonly run: KernelExports<
    "hashTexts" | "hashesOfRows" | "hashYears" | "hashPairs" | "drawRows" | "writeKeys" | "sortKeys" | "countRuns"
  >;
}

/** Fewer rows are sooner looked at in TypeScript than copied for a kernel. */
export const kernelRowsMin = 10_000;

let opened: BlockKernel | null | undefined;

/**
 * Works with the kernel and clears its arena; undefined where the kernel is not built. Its memory is kept for the next batch
 * until {@link releaseBlockKernel}.
 */
export function withBlockKernel<T>(work: (kernel: BlockKernel) => T): T | undefined {
  opened ??= openBlockKernel();
  if (opened === null) return undefined;
  try {
    return work(opened);
  } finally {
    opened.arena.wipe();
  }
}

/** Lets go of the kernel's memory: what blocks a source calls it when it is done. */
export function releaseBlockKernel(): void {
  opened = undefined;
}

function openBlockKernel(): BlockKernel | null {
  const arena = new Arena();
  const run: BlockKernel["run"] | undefined = openKernel("linkage", arena.memory);
  return run === undefined ? null : { arena, run };
}
