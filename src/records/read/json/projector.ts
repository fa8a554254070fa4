import { openKernel } from "../../../base/index.ts";
import { gatherTexts } from "./plain-gather.ts";
import { PlainProjector } from "./plain-projector.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** Which path reads records: by default the kernel where it is built. */
export type ProjectorPath = "kernel" | "plain";

/** What works in the memory of a projection. */
export interface Projector {
  /** Goes on through the loaded spans; gives an outcome. */
  project(): number;
  /** Puts the texts of each column together, in the order of their numbers. */
  gather(): void;
}

/** The kernel `wasm/records`, else the same in TypeScript. */
export function openProjector(memory: ProjectionMemory, path: ProjectorPath = "kernel"): Projector {
  const kernel = path === "kernel" ? openKernel<"project" | "gather">("records", memory.memory) : undefined;
  if (kernel !== undefined) {
    return {
      project: () => kernel.project(memory.plan),
      gather: () => kernel.gather(memory.plan),
    };
  }
  const plain = new PlainProjector(memory);
  return {
    project: () => plain.project(),
    gather: () => gatherTexts(memory),
  };
}
