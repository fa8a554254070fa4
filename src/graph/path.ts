import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";
import type { Path } from "./views.ts";

/**
 * The shortest path between two entities of at most `maxDepth` steps (default 4), or undefined.
 * @throws not-found when an id is unknown
 */
export function shortestPath(_graph: Graph, _fromId: string, _toId: string, _options: { readonly maxDepth?: number } = {}): Path | undefined {
  throw new KindredError("internal", { seen: "shortestPath is being written" });
}
