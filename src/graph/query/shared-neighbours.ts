import type { Graph } from "../graph.ts";
import { type Adjacency, edgeCount, targetsOf } from "../store/adjacency.ts";
import { relationWeight } from "./relation-weights.ts";

/** One relation in one direction, with what a shared neighbour by it is worth. */
interface Side {
  readonly relation: number;
  readonly weight: number;
  readonly there: Adjacency;
  readonly back: Adjacency;
}

/** A neighbour that two entities share by the same relation. */
export interface SharedNeighbour {
  /** The neighbour's place; the other entity's own where both are bound directly. */
  readonly place: number;
  readonly relation: number;
  readonly weight: number;
}

/** Years after which closeness in time has fallen to a third. */
const yearsScale = 15;
/** What remains of a score however far the years are apart. */
const farYears = 0.7;

function sidesOf(graph: Graph): Side[] {
  return graph.edges.flatMap((edges) => {
    const weight = relationWeight(graph.codes.relation(edges.relation).name);
    return [
      { relation: edges.relation, weight, there: edges.out, back: edges.in },
      { relation: edges.relation, weight, there: edges.in, back: edges.out },
    ];
  });
}

/**
 * How alike every entity of the same type is to the one given, by the Adamic-Adar index (L. Adamic, E. Adar, "Friends
 * and neighbors on the Web", 2003): each shared neighbour counts by its relation's weight over the logarithm of its
 * degree, raised a little. Divided by the root of what the other has in all, so long cast lists do not win, and lowered with the
 * distance in years. Zero for the entity itself; `touched` are the entities above zero.
 */
export function likeness(
  graph: Graph,
  place: number,
): { readonly scores: Float64Array; readonly touched: readonly number[] } {
  const scores = new Float64Array(graph.entities.count);
  const type = graph.entities.types[place];
  const touched: number[] = [];
  const add = (other: number, value: number): void => {
    if (other === place || graph.entities.types[other] !== type) return;
    if (scores[other] === 0) touched.push(other);
    scores[other] = (scores[other] as number) + value;
  };
  const sides = sidesOf(graph);
  for (const side of sides) {
    for (const neighbour of targetsOf(side.there, place)) {
      const value = worth(side, neighbour);
      for (const other of targetsOf(side.back, neighbour)) add(other, value);
      add(neighbour, side.weight);
    }
  }
  for (const other of touched) {
    const all = totalWorth(sides, other);
    scores[other] = ((scores[other] as number) / Math.sqrt(1 + all)) * yearCloseness(graph, place, other);
  }
  return { scores, touched };
}

/** What two entities share, the weightiest first. */
export function sharedNeighbours(graph: Graph, a: number, b: number): SharedNeighbour[] {
  const shared: SharedNeighbour[] = [];
  for (const side of sidesOf(graph)) {
    if (edgeCount(side.there, a) === 0) continue;
    const ofOther = new Set(targetsOf(side.there, b));
    for (const neighbour of targetsOf(side.there, a)) {
      if (neighbour === b) shared.push({ place: b, relation: side.relation, weight: side.weight });
      else if (ofOther.has(neighbour)) {
        shared.push({ place: neighbour, relation: side.relation, weight: worth(side, neighbour) });
      }
    }
  }
  return shared.sort((x, y) => y.weight - x.weight || x.relation - y.relation || x.place - y.place);
}

/** Added to every degree: a person with two films says hardly more than one with six, and may be a bit part. */
const degreeOffset = 6;

function worth({ weight, back }: Side, neighbour: number): number {
  return weight / Math.log(degreeOffset + edgeCount(back, neighbour));
}

function totalWorth(sides: readonly Side[], place: number): number {
  let total = 0;
  for (const side of sides) {
    if (edgeCount(side.there, place) === 0) continue;
    for (const neighbour of targetsOf(side.there, place)) total += worth(side, neighbour);
  }
  return total;
}

function yearCloseness({ entities }: Graph, a: number, b: number): number {
  const distance = Math.abs((entities.years[a] as number) - (entities.years[b] as number));
  return Number.isNaN(distance) ? farYears : farYears + (1 - farYears) * Math.exp(-distance / yearsScale);
}
