import { DisjointSets } from "./disjoint-sets.ts";
import type { RecordRef } from "./truth.ts";

/** A record and the entity it was put into. */
export interface EntityMember extends RecordRef {
  readonly entity: string;
}

/** Records as numbers: the entity, the truth cluster, the source and the unit of each. */
export interface Grouping {
  readonly recordCount: number;
  readonly entity: Int32Array;
  readonly cluster: Int32Array;
  readonly source: Int32Array;
  readonly entityCount: number;
  readonly clusterCount: number;
  /**
   * Records that entities or truth clusters tie together, through any chain, are one unit: the smallest parts that can
   * be resampled without cutting a pair, right or wrong.
   */
  readonly unitOfEntity: Int32Array;
  readonly unitOfCluster: Int32Array;
  readonly unitCount: number;
}

/** Numbers entities, clusters and sources in the order in which they come. */
export function groupRecords(members: readonly EntityMember[], clusterOf: (record: RecordRef) => string): Grouping {
  const [entities, clusters, sources] = [numbering(), numbering(), numbering()];
  const entity = Int32Array.from(members, (member) => entities.numberOf(member.entity));
  const cluster = Int32Array.from(members, (member) => clusters.numberOf(clusterOf(member)));
  const source = Int32Array.from(members, (member) => sources.numberOf(member.source));
  const [entityCount, clusterCount] = [entities.count(), clusters.count()];
  const sets = new DisjointSets(entityCount + clusterCount);
  entity.forEach((one, record) => {
    sets.join(one, entityCount + (cluster[record] as number));
  });
  const units = numbering();
  const unitOf = Int32Array.from({ length: entityCount + clusterCount }, (_, i) => units.numberOf(sets.find(i)));
  return {
    recordCount: members.length,
    entity,
    cluster,
    source,
    entityCount,
    clusterCount,
    unitOfEntity: unitOf.subarray(0, entityCount),
    unitOfCluster: unitOf.subarray(entityCount),
    unitCount: units.count(),
  };
}

function numbering(): { numberOf(key: string | number): number; count(): number } {
  const numbers = new Map<string | number, number>();
  return {
    numberOf: (key) => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      return numbers.size - 1;
    },
    count: () => numbers.size,
  };
}
