import { DisjointSets } from "../evaluate/disjoint-sets.ts";

/** What may become of entities between two linkages. */
export const entityChangeKinds = [
  "unchanged",
  "merged",
  "split",
  "moved",
  "grown",
  "shrunk",
  "exchanged",
  "new",
  "lost",
] as const;

/**
 * `merged`: several are one now. `split`: one is several. `moved`: records went from some to others. One to one, but for records
 * that only one linkage has: `grown`, `shrunk`, or `exchanged` where both came and went. `new`, `lost`: none of the records was, or
 * is, there.
 */
export type EntityChangeKind = (typeof entityChangeKinds)[number];

/** Entities before and after that share records, through any chain: the smallest part that can be told alone. */
export interface EntityChange {
  readonly kind: EntityChangeKind;
  /** Numbers of entities, ascending. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** How the entities of two linkages differ. */
export interface EntityChanges {
  /** How many changes there are of each kind, `unchanged` among them. */
  readonly counts: Readonly<Record<EntityChangeKind, number>>;
  /** How many entities before, and after, are in changes of each kind. */
  readonly entitiesBefore: Readonly<Record<EntityChangeKind, number>>;
  readonly entitiesAfter: Readonly<Record<EntityChangeKind, number>>;
  /** The change that a record is in, a number below `changeCount`; -1 for a record that neither linkage has. */
  readonly changeOfRecord: Int32Array;
  readonly changeCount: number;
  kindOf(change: number): EntityChangeKind;
  /** The changes that are not `unchanged`, by number. */
  changes(): Generator<EntityChange & { readonly change: number }>;
}

/**
 * Compares the entities of two linkages over the same numbering of records. Time and memory grow with the records.
 * @param before the entity of each record, numbered from 0; -1 for a record that the linkage does not have
 */
export function entityChanges(before: Int32Array, after: Int32Array): EntityChanges {
  const [countBefore, countAfter] = [countOf(before), countOf(after)];
  const sets = new DisjointSets(countBefore + countAfter);
  for (let record = 0; record < before.length; record++) {
    const [from, to] = [before[record] as number, after[record] as number];
    if (from >= 0 && to >= 0) sets.join(from, countBefore + to);
  }
  const { changeOfNode, changeCount } = numberSets(sets, countBefore + countAfter);
  const changeOfRecord = Int32Array.from(before, (from, record) => {
    const to = after[record] as number;
    if (from >= 0) return changeOfNode[from] as number;
    return to >= 0 ? (changeOfNode[countBefore + to] as number) : -1;
  });
  const kinds = kindsOf({ before, after, changeOfRecord, changeOfNode, countBefore, changeCount });
  const perChange = (from: number, to: number): Record<EntityChangeKind, number> => {
    const counts = emptyCounts();
    for (let node = from; node < to; node++) counts[kindAt(kinds, changeOfNode[node] as number)]++;
    return counts;
  };
  const counts = emptyCounts();
  for (let change = 0; change < changeCount; change++) counts[kindAt(kinds, change)]++;
  return {
    counts,
    entitiesBefore: perChange(0, countBefore),
    entitiesAfter: perChange(countBefore, countBefore + countAfter),
    changeOfRecord,
    changeCount,
    kindOf: (change) => kindAt(kinds, change),
    changes: () => listChanges(kinds, changeOfNode, countBefore),
  };
}

function countOf(entityOf: Int32Array): number {
  return entityOf.reduce((max, entity) => Math.max(max, entity + 1), 0);
}

function emptyCounts(): Record<EntityChangeKind, number> {
  return Object.fromEntries(entityChangeKinds.map((kind) => [kind, 0])) as Record<EntityChangeKind, number>;
}

function kindAt(kinds: Uint8Array, change: number): EntityChangeKind {
  return entityChangeKinds[kinds[change] as number] as EntityChangeKind;
}

/** Sets are numbered in the order of their first entity, those before first. */
function numberSets(sets: DisjointSets, nodes: number): { changeOfNode: Int32Array; changeCount: number } {
  const changeOfNode = new Int32Array(nodes).fill(-1);
  let changeCount = 0;
  for (let node = 0; node < nodes; node++) {
    const root = sets.find(node);
    // The smallest number stands for a set, so it was numbered before.
    changeOfNode[node] = root === node ? changeCount++ : (changeOfNode[root] as number);
  }
  return { changeOfNode, changeCount };
}

function kindsOf(found: {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly changeOfRecord: Int32Array;
  readonly changeOfNode: Int32Array;
  readonly countBefore: number;
  readonly changeCount: number;
}): Uint8Array {
  const { before, after, changeOfRecord, changeOfNode, countBefore, changeCount } = found;
  const [entitiesBefore, entitiesAfter] = [new Int32Array(changeCount), new Int32Array(changeCount)];
  changeOfNode.forEach((change, node) => {
    const counts = node < countBefore ? entitiesBefore : entitiesAfter;
    counts[change] = (counts[change] as number) + 1;
  });
  const [came, went] = [new Uint8Array(changeCount), new Uint8Array(changeCount)];
  changeOfRecord.forEach((change, record) => {
    if (change < 0) return;
    if ((before[record] as number) < 0) came[change] = 1;
    if ((after[record] as number) < 0) went[change] = 1;
  });
  return Uint8Array.from({ length: changeCount }, (_, change) =>
    entityChangeKinds.indexOf(
      kindOf(entitiesBefore[change] as number, entitiesAfter[change] as number, came[change] === 1, went[change] === 1),
    ),
  );
}

function kindOf(before: number, after: number, came: boolean, went: boolean): EntityChangeKind {
  if (before === 0) return "new";
  if (after === 0) return "lost";
  if (before > 1) return after === 1 ? "merged" : "moved";
  if (after > 1) return "split";
  if (came) return went ? "exchanged" : "grown";
  return went ? "shrunk" : "unchanged";
}

function* listChanges(
  kinds: Uint8Array,
  changeOfNode: Int32Array,
  countBefore: number,
): Generator<EntityChange & { readonly change: number }> {
  const nodes = changedNodes(kinds, changeOfNode);
  for (let at = 0; at < nodes.length; ) {
    const change = changeOfNode[nodes[at] as number] as number;
    const [before, after]: [number[], number[]] = [[], []];
    for (; at < nodes.length && changeOfNode[nodes[at] as number] === change; at++) {
      const node = nodes[at] as number;
      if (node < countBefore) before.push(node);
      else after.push(node - countBefore);
    }
    yield { change, kind: kindAt(kinds, change), before, after };
  }
}

/** The entities that changed, by change and then by number. */
function changedNodes(kinds: Uint8Array, changeOfNode: Int32Array): Int32Array {
  const isChanged = (change: number): boolean => kindAt(kinds, change) !== "unchanged";
  return Int32Array.from(changeOfNode.keys())
    .filter((node) => isChanged(changeOfNode[node] as number))
    .sort((a, b) => (changeOfNode[a] as number) - (changeOfNode[b] as number) || a - b);
}
