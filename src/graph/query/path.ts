import { KindredError } from "../../base/index.ts";
import type { Graph } from "../graph.ts";
import { maxPathDepth } from "../limits.ts";
import { edgeCount, targetsOf } from "../store/adjacency.ts";
import type { Path, PathStep } from "../views.ts";
import { placeOf, summary } from "./summary.ts";

const usualDepth = 4;

/** Entities bound to more others than this (a genre, a country) are not walked through: they bind all to all. */
const maxHubDegree = 1_000;

/** How the search came to an entity. */
interface Arrival {
  readonly from: number;
  readonly relation: number;
  readonly direction: "out" | "in";
}

/**
 * The shortest path between two entities of at most `maxDepth` steps (default 4), or undefined; of equals the one
 * found first in the order of the ontology and of ids. Paths do not lead through entities bound to over 1,000 others.
 * @throws not-found when an id is unknown; argument-invalid when the depth is out of range
 */
export function shortestPath(
  graph: Graph,
  fromId: string,
  toId: string,
  { maxDepth = usualDepth }: { readonly maxDepth?: number } = {},
): Path | undefined {
  if (!(maxDepth >= 0 && maxDepth <= maxPathDepth)) {
    throw new KindredError("argument-invalid", {
      seen: `a path of ${maxDepth} steps`,
      expected: `0 to ${maxPathDepth} steps`,
    });
  }
  const [from, to] = [placeOf(graph, fromId), placeOf(graph, toId)];
  const arrivals = new Map<number, Arrival | undefined>([[from, undefined]]);
  let frontier = [from];
  for (let depth = 0; depth < maxDepth && frontier.length > 0 && !arrivals.has(to); depth++) {
    const next: number[] = [];
    for (const place of frontier) {
      if (place !== from && (graph.degrees[place] as number) > maxHubDegree) continue;
      expand(graph, place, arrivals, next);
    }
    frontier = next;
  }
  return arrivals.has(to) ? { from: summary(graph, from), steps: stepsTo(graph, arrivals, to) } : undefined;
}

function expand(graph: Graph, place: number, arrivals: Map<number, Arrival | undefined>, next: number[]): void {
  for (const edges of graph.edges) {
    for (const direction of ["out", "in"] as const) {
      if (edgeCount(edges[direction], place) === 0) continue;
      for (const other of targetsOf(edges[direction], place)) {
        if (arrivals.has(other)) continue;
        arrivals.set(other, { from: place, relation: edges.relation, direction });
        next.push(other);
      }
    }
  }
}

function stepsTo(graph: Graph, arrivals: Map<number, Arrival | undefined>, to: number): PathStep[] {
  const steps: PathStep[] = [];
  let place = to;
  for (let arrival = arrivals.get(place); arrival; arrival = arrivals.get(place)) {
    const { relation, direction, from } = arrival;
    steps.push({ relation: graph.codes.relation(relation).name, direction, entity: summary(graph, place) });
    place = from;
  }
  return steps.reverse();
}
