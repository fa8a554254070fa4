import type { UnitTable } from "./bootstrap.ts";
import type { Grouping } from "./grouping.ts";

/** The columns of {@link clusterUnits}: what of a unit adds up to the scores of the whole. */
export const clusterColumn = {
  /** Pairs that share an entity and a truth cluster; an entity; a truth cluster. */
  pairsRight: 0,
  pairsFound: 1,
  pairsTrue: 2,
  records: 3,
  /** Over records, the share of the entity's records that are of the same cluster, and the reverse. */
  precisionSum: 4,
  recallSum: 5,
  /** Groups of two or more records: entities that are a whole truth cluster; entities; truth clusters. */
  groupsExact: 6,
  groupsFound: 7,
  groupsTrue: 8,
} as const;

const width = Object.keys(clusterColumn).length;

/**
 * Compares entities with truth clusters through the sizes of groups alone, so that time and memory grow with the records,
 * however many pairs a giant entity makes. Pairs within a source count only with `dedupe`.
 */
export function clusterUnits(grouping: Grouping, dedupe: boolean): UnitTable {
  const { entity, cluster, entityCount, clusterCount, unitOfEntity, unitOfCluster } = grouping;
  const values = new Float64Array(grouping.unitCount * width);
  const add = (unit: number, column: number, amount: number): void => {
    values[unit * width + column] = (values[unit * width + column] as number) + amount;
  };
  const cell = (record: number): number => (entity[record] as number) * clusterCount + (cluster[record] as number);
  const entitySize = sizes(entity, entityCount);
  const clusterSize = sizes(cluster, clusterCount);
  const cellSize = new Map<number, number>();
  for (let record = 0; record < grouping.recordCount; record++)
    cellSize.set(cell(record), (cellSize.get(cell(record)) ?? 0) + 1);

  const cells = Array.from(cellSize, ([key, both]) => {
    const ofEntity = Math.floor(key / clusterCount);
    const ofCluster = key % clusterCount;
    const [inEntity, inCluster] = [entitySize[ofEntity] as number, clusterSize[ofCluster] as number];
    return { both, inEntity, inCluster, unit: unitOfEntity[ofEntity] as number };
  });
  // Fractions add up to the same last bit only in the same order, and that of records means nothing.
  cells.sort((a, b) => a.both - b.both || a.inEntity - b.inEntity || a.inCluster - b.inCluster);
  for (const { both, inEntity, inCluster, unit } of cells) {
    add(unit, clusterColumn.pairsRight, pairsOf(both));
    add(unit, clusterColumn.records, both);
    add(unit, clusterColumn.precisionSum, (both * both) / inEntity);
    add(unit, clusterColumn.recallSum, (both * both) / inCluster);
    if (both >= 2 && both === inEntity && both === inCluster) add(unit, clusterColumn.groupsExact, 1);
  }
  const addGroups = (size: Int32Array, unitOf: Int32Array, pairs: number, groups: number): void => {
    size.forEach((count, group) => {
      add(unitOf[group] as number, pairs, pairsOf(count));
      if (count >= 2) add(unitOf[group] as number, groups, 1);
    });
  };
  addGroups(entitySize, unitOfEntity, clusterColumn.pairsFound, clusterColumn.groupsFound);
  addGroups(clusterSize, unitOfCluster, clusterColumn.pairsTrue, clusterColumn.groupsTrue);
  if (!dedupe) leaveOutWithinSources(grouping, cell, add);
  return { unitCount: grouping.unitCount, width, values };
}

function leaveOutWithinSources(
  { recordCount, entity, cluster, source, unitOfEntity, unitOfCluster }: Grouping,
  cell: (record: number) => number,
  add: (unit: number, column: number, amount: number) => void,
): void {
  const sourceCount = source.reduce((most, one) => Math.max(most, one + 1), 0);
  const within = (group: (record: number) => number, unit: (record: number) => number, column: number): void => {
    const seen = new Map<number, number>();
    for (let record = 0; record < recordCount; record++) {
      const key = group(record) * sourceCount + (source[record] as number);
      const before = seen.get(key) ?? 0;
      // Each record takes away its pairs with those of its source that came before it.
      if (before > 0) add(unit(record), column, -before);
      seen.set(key, before + 1);
    }
  };
  const entityOf = (record: number): number => entity[record] as number;
  const clusterOf = (record: number): number => cluster[record] as number;
  const unitOf = (record: number): number => unitOfEntity[entityOf(record)] as number;
  within(cell, unitOf, clusterColumn.pairsRight);
  within(entityOf, unitOf, clusterColumn.pairsFound);
  within(clusterOf, (record) => unitOfCluster[clusterOf(record)] as number, clusterColumn.pairsTrue);
}

function sizes(groupOf: Int32Array, count: number): Int32Array {
  const size = new Int32Array(count);
  for (const group of groupOf) size[group] = (size[group] as number) + 1;
  return size;
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
