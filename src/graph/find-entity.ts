import { KindredError } from "../base/index.ts";
import type { Graph } from "./graph.ts";

/**
 * The id of the entity meant by an entity id, a record (`source:id` or `source/id`) or a label that only one entity
 * has (a year at its end counts: "Psycho 1960").
 * @throws not-found, with the nearest entities named when none or several fit
 */
export function findEntity(_graph: Graph, _text: string): string {
  throw new KindredError("internal", { seen: "findEntity is being written" });
}
