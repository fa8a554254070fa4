import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";

/**
 * Opens a graph folder, or the current graph of a folder that `publishGraph` wrote.
 * @throws not-found, artifact-damaged
 */
export async function openGraph(_directory: string): Promise<Graph> {
  throw new KindredError("internal", { seen: "openGraph is being written" });
}
