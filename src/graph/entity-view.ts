import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";
import type { EntityView } from "./views.ts";

/**
 * Everything the graph knows of one entity: its records, claims with provenance, and neighbours by relation.
 * @throws not-found when no entity has that id
 */
export function entityView(_graph: Graph, _id: string): EntityView {
  throw new KindredError("internal", { seen: "entityView is being written" });
}
