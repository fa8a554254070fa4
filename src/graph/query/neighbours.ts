import type { Graph } from "../graph.ts";
import { edgeCount, targetsOf } from "../store/adjacency.ts";
import type { NeighbourGroup } from "../views.ts";
import { answerLength, placeOf, summary } from "./summary.ts";
import { topPlaces } from "./top-places.ts";

const usualLimit = 50;

/**
 * The neighbours of an entity by relation and direction, in the order of the ontology; within a group the best
 * connected first.
 * @throws not-found when no entity has that id
 */
export function neighbours(
  graph: Graph,
  id: string,
  { relation, limit }: { readonly relation?: string; readonly limit?: number } = {},
): NeighbourGroup[] {
  const place = placeOf(graph, id);
  const length = answerLength(limit, usualLimit);
  return graph.edges.flatMap((edges) => {
    const name = graph.codes.relation(edges.relation).name;
    if (relation !== undefined && relation !== name) return [];
    return (["out", "in"] as const).flatMap((direction) => {
      const total = edgeCount(edges[direction], place);
      if (total === 0) return [];
      const places = topPlaces(targetsOf(edges[direction], place), (other) => graph.degrees[other] as number, length);
      return [{ relation: name, direction, total, entities: places.map((other) => summary(graph, other)) }];
    });
  });
}
