import type { Graph } from "../graph.ts";
import type { Proposal } from "../views.ts";
import { reasonsFor } from "./reasons.ts";
import { likeness } from "./shared-neighbours.ts";
import { answerLength, placeOf, summary } from "./summary.ts";
import { topPlaces } from "./top-places.ts";

const usualLimit = 10;

/**
 * Entities of the same type that share neighbours, rare ones counting more, and are near in time; with reasons.
 * @throws not-found when no entity has that id
 */
export function similar(graph: Graph, id: string, { limit }: { readonly limit?: number } = {}): Proposal[] {
  const place = placeOf(graph, id);
  const { scores, touched } = likeness(graph, place);
  const scoreOf = (other: number): number => scores[other] as number;
  return topPlaces(touched, scoreOf, answerLength(limit, usualLimit)).map((other) => ({
    ...summary(graph, other),
    score: Number(scoreOf(other).toFixed(4)),
    reasons: reasonsFor(graph, [place], other),
  }));
}
