import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";
import type { NeighbourGroup } from "./views.ts";

/**
 * The neighbours of an entity, grouped by relation and direction.
 * @throws not-found when no entity has that id
 */
export function neighbours(
  _graph: Graph,
  _id: string,
  _options: { readonly relation?: string; readonly limit?: number } = {},
): NeighbourGroup[] {
  throw new KindredError("internal", { seen: "neighbours is being written" });
}
