import { openKernel } from "../../../base/index.ts";
import { PlainDictionary } from "./plain-dictionary.ts";
import { PlainProjector } from "./plain-projector.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** Which path reads records: by default the kernel where it is built. */
export type ProjectorPath = "kernel" | "plain";

/** What works in the memory of a projection. */
export interface Projector {
  /** Goes on through the loaded spans; gives an outcome. */
  project(): number;
  /** The entry of the bytes at a place in the memory, of which there must be room for one more. */
  add(column: number, kind: number, from: number, length: number): number;
}

/** The kernel `wasm/records`, else the same in TypeScript. */
export function openProjector(memory: ProjectionMemory, path: ProjectorPath = "kernel"): Projector {
  const kernel = path === "kernel" ? openKernel<"project" | "addText">("records", memory.memory) : undefined;
  if (kernel !== undefined) {
    return {
      project: () => kernel.project(memory.plan),
      add: (column, kind, from, length) => kernel.addText(memory.plan, column, kind, from, length),
    };
  }
  const plain = new PlainProjector(memory);
  const dictionary = new PlainDictionary(memory);
  return {
    project: () => plain.project(),
    add: (column, kind, from, length) => dictionary.add(column, kind, from, length),
  };
}
