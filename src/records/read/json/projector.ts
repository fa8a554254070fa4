import { openKernel } from "../../../base/index.ts";
import { PlainProjector } from "./plain-projector.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** Which path reads records: by default the kernel where it is built. */
export type ProjectorPath = "kernel" | "plain";

/** What goes on through the spans loaded into a memory: the kernel `wasm/records`, else the same in TypeScript. */
export function openProjector(memory: ProjectionMemory, path: ProjectorPath = "kernel"): () => number {
  const kernel = path === "kernel" ? openKernel<"project">("records", memory.memory) : undefined;
  if (kernel !== undefined) return () => kernel.project(memory.plan);
  const plain = new PlainProjector(memory);
  return () => plain.project();
}
