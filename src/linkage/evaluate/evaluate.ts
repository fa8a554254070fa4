import { type CalibrationBin, type Judged, reliability } from "./calibration.ts";
import { type Scores, scoresOf } from "./scores.ts";
import { pairKey, type RecordPair, type RecordRef, recordKey, type Truth } from "./truth.ts";

/** A pair with the probability a linkage gave it. */
export interface ScoredPair extends RecordPair {
  readonly probability: number;
}

/** A record and the entity it was put into. */
export interface EntityMember extends RecordRef {
  readonly entity: string;
}

/** How good a linkage is. Two records are predicted to match when they share an entity. */
export interface Evaluation {
  readonly pairs: Scores;
  /** Amigo et al., "A comparison of extrinsic clustering evaluation metrics", 2009; null for labelled pairs. */
  readonly bCubed: { readonly precision: number; readonly recall: number; readonly f1: number } | null;
  /** By category of labelled pairs; empty for clusters. */
  readonly byCategory: readonly { readonly category: string; readonly pairs: Scores }[];
  /** Probabilities beside the share of true matches, over the scored pairs that truth speaks of. */
  readonly calibration: readonly CalibrationBin[];
  readonly calibrationError: number;
}

/** Measures a linkage against the truth about the same sources. Clusters count cross-source pairs unless `dedupe`. */
export function evaluate(
  scored: readonly ScoredPair[],
  entities: readonly EntityMember[],
  truth: Truth,
  dedupe = false,
): Evaluation {
  const entityByRecord = new Map(entities.map((member) => [recordKey(member), member.entity]));
  if (truth.kind === "pairs") return evaluatePairs(scored, entityByRecord, truth);
  const clusterOf = (record: RecordRef): string => truth.clusterByRecord.get(recordKey(record)) ?? recordKey(record);
  const judged = scored.map(
    (pair): Judged => ({ probability: pair.probability, match: clusterOf(pair.left) === clusterOf(pair.right) }),
  );
  return {
    pairs: clusterPairs(entities, clusterOf, dedupe),
    bCubed: bCubed(entities, clusterOf),
    byCategory: [],
    ...reliability(judged),
  };
}

function evaluatePairs(
  scored: readonly ScoredPair[],
  entityByRecord: ReadonlyMap<string, string>,
  truth: Extract<Truth, { kind: "pairs" }>,
): Evaluation {
  const probabilityByPair = new Map(scored.map((pair) => [pairKey(pair), pair.probability]));
  const predicted = ({ left, right }: RecordPair): boolean => {
    const entity = entityByRecord.get(recordKey(left));
    return entity !== undefined && entity === entityByRecord.get(recordKey(right));
  };
  const score = (pairs: typeof truth.pairs): Scores => {
    const count = (match: boolean, found: boolean): number =>
      pairs.filter((pair) => pair.match === match && predicted(pair) === found).length;
    return scoresOf(count(true, true), count(false, true), count(true, false), count(false, false));
  };
  const judged = truth.pairs.flatMap((pair): Judged[] => {
    const probability = probabilityByPair.get(pairKey(pair));
    return probability === undefined ? [] : [{ probability, match: pair.match }];
  });
  const categories = [...Map.groupBy(truth.pairs, (pair) => pair.category ?? "")].filter(
    ([category]) => category !== "",
  );
  return {
    pairs: score(truth.pairs),
    bCubed: null,
    byCategory: categories
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([category, pairs]) => ({ category, pairs: score(pairs) })),
    ...reliability(judged),
  };
}

/** Counts pairs through the sizes of groups, so that no list of all pairs is needed. */
function clusterPairs(
  entities: readonly EntityMember[],
  clusterOf: (record: RecordRef) => string,
  dedupe: boolean,
): Scores {
  const pairsOf = (key: (member: EntityMember) => string): number => {
    const total = sumOfPairs(entities, key);
    return dedupe ? total : total - sumOfPairs(entities, (member) => `${key(member)}\u0000${member.source}`);
  };
  const both = pairsOf((member) => `${member.entity}\u0000${clusterOf(member)}`);
  return scoresOf(both, pairsOf((member) => member.entity) - both, pairsOf(clusterOf) - both);
}

function sumOfPairs(entities: readonly EntityMember[], key: (member: EntityMember) => string): number {
  let sum = 0;
  for (const size of groupSizes(entities, key).values()) sum += (size * (size - 1)) / 2;
  return sum;
}

function groupSizes(entities: readonly EntityMember[], key: (member: EntityMember) => string): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const member of entities) sizes.set(key(member), (sizes.get(key(member)) ?? 0) + 1);
  return sizes;
}

function bCubed(
  entities: readonly EntityMember[],
  clusterOf: (record: RecordRef) => string,
): NonNullable<Evaluation["bCubed"]> {
  const byEntity = groupSizes(entities, (member) => member.entity);
  const byCluster = groupSizes(entities, clusterOf);
  const byBoth = groupSizes(entities, (member) => `${member.entity}\u0000${clusterOf(member)}`);
  let precision = 0;
  let recall = 0;
  for (const member of entities) {
    const both = byBoth.get(`${member.entity}\u0000${clusterOf(member)}`) as number;
    precision += both / (byEntity.get(member.entity) as number);
    recall += both / (byCluster.get(clusterOf(member)) as number);
  }
  const count = Math.max(entities.length, 1);
  const mean = { precision: precision / count, recall: recall / count };
  return {
    ...mean,
    f1: mean.precision + mean.recall === 0 ? 0 : (2 * mean.precision * mean.recall) / (mean.precision + mean.recall),
  };
}
