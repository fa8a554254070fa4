import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";
import type { Proposal } from "./views.ts";

/**
 * Films (or whatever type most of the liked entities have) for a set of liked ones, best first, with reasons.
 * @throws argument-invalid when none is given, not-found for an unknown id
 */
export function recommend(_graph: Graph, _likedIds: readonly string[], _options: { readonly limit?: number } = {}): Proposal[] {
  throw new KindredError("internal", { seen: "recommend is being written" });
}
