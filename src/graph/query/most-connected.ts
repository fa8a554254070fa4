import type { Graph } from "../graph.ts";
import type { ConnectedEntity } from "../views.ts";
import { answerLength, summary, typeFilter } from "./summary.ts";
import { topPlaces } from "./top-places.ts";

const usualLimit = 10;

/**
 * The entities of a type bound to the most other entities, best first; narrower types are included.
 * @throws argument-invalid when the ontology has no such type
 */
export function mostConnected(
  graph: Graph,
  type: string,
  { limit }: { readonly limit?: number } = {},
): ConnectedEntity[] {
  const types = typeFilter(graph, type);
  const places = Array.from(graph.degrees.keys()).filter((place) => types.has(graph.entities.types[place] as number));
  const degreeOf = (place: number): number => graph.degrees[place] as number;
  const best = topPlaces(places, degreeOf, answerLength(limit, usualLimit));
  return best.map((place) => ({ ...summary(graph, place), degree: degreeOf(place) }));
}
