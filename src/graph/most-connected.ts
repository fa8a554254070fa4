import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";
import type { ConnectedEntity } from "./views.ts";

/** The entities of a type bound to the most other entities, best first; narrower types are included. */
export function mostConnected(_graph: Graph, _type: string, _options: { readonly limit?: number } = {}): ConnectedEntity[] {
  throw new KindredError("internal", { seen: "mostConnected is being written" });
}
