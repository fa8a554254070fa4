import { KindredError } from "../base/index.ts";
import type { GraphInput } from "./graph-input.ts";
import type { GraphManifest } from "./manifest.ts";

/**
 * Builds a graph and writes it as a folder of its own (made new, or emptied). Same input, same bytes.
 * @throws internal when a cluster holds records of two levels or types
 */
export async function buildGraph(_input: GraphInput, _directory: string): Promise<GraphManifest> {
  throw new KindredError("internal", { seen: "buildGraph is being written" });
}
