import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";
import type { Proposal } from "./views.ts";

/**
 * Entities of the same type that share neighbours, rare ones counting more, with reasons.
 * @throws not-found when no entity has that id
 */
export function similar(_graph: Graph, _id: string, _options: { readonly limit?: number } = {}): Proposal[] {
  throw new KindredError("internal", { seen: "similar is being written" });
}
