import type { Graph } from "../graph.ts";
import { edgeCount, targetsOf } from "../store/adjacency.ts";
import { relationWeight } from "./relation-weights.ts";

/** How likely a walk starts anew at each step: the higher, the nearer it stays. */
const restart = 0.25;
/** The mass, over the entity's weight, below which it is passed on no further. */
const tolerance = 1e-5;
/** The most times that mass is passed on: a bound on the work, rarely reached. */
const maxPushes = 100_000;

/**
 * Where a walk that starts anew at the seeds spends its time: personalised PageRank (L. Page and others, 1998) by the
 * local push method of R. Andersen, F. Chung and K. Lang, "Local Graph Partitioning using PageRank Vectors", 2006. Only
 * the surroundings of the seeds are walked. By place; zero where the walk never came.
 */
export function personalisedPageRank(graph: Graph, seeds: readonly number[]): Float64Array {
  const weights = edgeWeights(graph);
  const rank = new Float64Array(graph.entities.count);
  const rest = new Float64Array(graph.entities.count);
  const isQueued = new Uint8Array(graph.entities.count);
  const queue: number[] = [];
  const give = (place: number, mass: number): void => {
    const held = (rest[place] as number) + mass;
    rest[place] = held;
    if (isQueued[place] === 1 || held < tolerance * (weights[place] as number)) return;
    isQueued[place] = 1;
    queue.push(place);
  };
  for (const seed of seeds) give(seed, 1 / seeds.length);
  for (let head = 0; head < queue.length && head < maxPushes; head++) {
    const place = queue[head] as number;
    const mass = rest[place] as number;
    isQueued[place] = 0;
    rest[place] = 0;
    rank[place] = (rank[place] as number) + restart * mass;
    const weight = weights[place] as number;
    if (weight > 0) pushOn(graph, place, ((1 - restart) * mass) / weight, give);
  }
  return rank;
}

function pushOn(graph: Graph, place: number, unit: number, give: (place: number, mass: number) => void): void {
  for (const edges of graph.edges) {
    const mass = unit * relationWeight(graph.codes.relation(edges.relation).name);
    for (const side of [edges.out, edges.in]) {
      if (edgeCount(side, place) === 0) continue;
      for (const other of targetsOf(side, place)) give(other, mass);
    }
  }
}

const weightsByGraph = new WeakMap<Graph, Float64Array>();

/** The sum of the weights of each entity's edges, worked out once for an opened graph. */
function edgeWeights(graph: Graph): Float64Array {
  const known = weightsByGraph.get(graph);
  if (known) return known;
  const weights = new Float64Array(graph.entities.count);
  for (const edges of graph.edges) {
    const weight = relationWeight(graph.codes.relation(edges.relation).name);
    for (let place = 0; place < weights.length; place++) {
      weights[place] = (weights[place] as number) + weight * (edgeCount(edges.out, place) + edgeCount(edges.in, place));
    }
  }
  weightsByGraph.set(graph, weights);
  return weights;
}
