/** Edges as compressed sparse rows: entity `e` leads to `targets[offsets[e]]` up to `targets[offsets[e + 1]]`. */
export interface Adjacency {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** Rows of edges by where they come from, in the order given (a counting sort, so linear in the edges). */
export function adjacency(entityCount: number, from: Int32Array, to: Int32Array): Adjacency {
  const offsets = new Int32Array(entityCount + 1);
  for (const entity of from) offsets[entity + 1] = (offsets[entity + 1] as number) + 1;
  for (let entity = 0; entity < entityCount; entity++) {
    offsets[entity + 1] = (offsets[entity + 1] as number) + (offsets[entity] as number);
  }
  const next = offsets.slice();
  const targets = new Int32Array(to.length);
  for (let edge = 0; edge < from.length; edge++) {
    const entity = from[edge] as number;
    const at = next[entity] as number;
    next[entity] = at + 1;
    targets[at] = to[edge] as number;
  }
  return { offsets, targets };
}

/** Where an entity's edges lead, without a copy. */
export function targetsOf({ offsets, targets }: Adjacency, entity: number): Int32Array {
  return targets.subarray(offsets[entity], offsets[entity + 1]);
}

/** How many edges an entity has. */
export function edgeCount({ offsets }: Adjacency, entity: number): number {
  return (offsets[entity + 1] as number) - (offsets[entity] as number);
}

/** The edges of one relation between entities, in both directions. */
export interface RelationEdges {
  /** The relation's code in the ontology. */
  readonly relation: number;
  readonly out: Adjacency;
  readonly in: Adjacency;
}
