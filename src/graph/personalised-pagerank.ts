import { edgeCount, targetsOf } from "./adjacency.ts";
import type { Graph } from "./graph.ts";
import { relationWeight } from "./relation-weights.ts";

/** How likely a walk starts anew at each step: the higher, the nearer it stays. */
const restart = 0.25;
/** The mass, over the entity's weight, below which it is passed on no further. */
const tolerance = 1e-6;
/** The most entities whose mass is passed on: a bound on the work, rarely reached. */
const maxPushes = 100_000;

/**
 * Where a walk that starts anew at the seeds spends its time: personalised PageRank (L. Page and others, 1998) by the
 * local push method of R. Andersen, F. Chung and K. Lang, "Local Graph Partitioning using PageRank Vectors", 2006. Only
 * the surroundings of the seeds are walked; entities never reached are not in the result.
 */
export function personalisedPageRank(graph: Graph, seeds: readonly number[]): Map<number, number> {
  const rank = new Map<number, number>();
  const rest = new Map<number, number>(seeds.map((seed) => [seed, 1 / seeds.length]));
  const queue = [...rest.keys()];
  const queued = new Set(queue);
  const give = (place: number, mass: number): void => {
    const held = (rest.get(place) ?? 0) + mass;
    rest.set(place, held);
    if (queued.has(place) || held < tolerance * weightOf(graph, place)) return;
    queued.add(place);
    queue.push(place);
  };
  for (let head = 0; head < queue.length && head < maxPushes; head++) {
    const place = queue[head] as number;
    queued.delete(place);
    const mass = rest.get(place) ?? 0;
    rest.set(place, 0);
    rank.set(place, (rank.get(place) ?? 0) + restart * mass);
    pushOn(graph, place, (1 - restart) * mass, give);
  }
  return rank;
}

function pushOn(graph: Graph, place: number, mass: number, give: (place: number, mass: number) => void): void {
  const weight = weightOf(graph, place);
  if (weight === 0) return;
  for (const edges of graph.edges) {
    const part = (mass * relationWeight(graph.codes.relation(edges.relation).name)) / weight;
    for (const side of [edges.out, edges.in]) {
      if (edgeCount(side, place) === 0) continue;
      for (const other of targetsOf(side, place)) give(other, part);
    }
  }
}

/** The sum of the weights of an entity's edges. */
function weightOf(graph: Graph, place: number): number {
  let weight = 0;
  for (const edges of graph.edges) {
    const count = edgeCount(edges.out, place) + edgeCount(edges.in, place);
    if (count > 0) weight += count * relationWeight(graph.codes.relation(edges.relation).name);
  }
  return weight;
}
