import { type CalibrationBin, isOpen, type Judged, reliability } from "./calibration.ts";
import { type CalibrationCertainty, calibrationCertainty } from "./calibration-certainty.ts";
import { type ClusterScores, clusterScores } from "./cluster-scores.ts";
import { type EntityMember, groupRecords } from "./grouping.ts";
import { type CategoryScores, labelScores, pairUnits } from "./pair-scores.ts";
import type { ScoreIntervals, Scores } from "./scores.ts";
import { clusterFinder, pairKey, type RecordPair, recordKey, type Truth } from "./truth.ts";

/** A pair with the probability a linkage gave it. */
export interface ScoredPair extends RecordPair {
  readonly probability: number;
}

/** How good a linkage is. Two records are predicted to match when they share an entity. */
export interface Evaluation extends CalibrationCertainty {
  readonly pairs: Scores;
  /** 95 % intervals, resampled by what depends on each other; null where there is too little to resample. */
  readonly intervals: ScoreIntervals | null;
  /** Null for labelled pairs, as is `exactEntities`: they do not say what an entity is made of. */
  readonly bCubed: ClusterScores["bCubed"] | null;
  readonly exactEntities: ClusterScores["exactEntities"] | null;
  /** By category of labelled pairs; empty for clusters. */
  readonly byCategory: readonly CategoryScores[];
  /** Probabilities beside the share of true matches, over the scored pairs that truth speaks of. */
  readonly calibration: readonly CalibrationBin[];
  readonly calibrationError: number;
}

/**
 * Measures a linkage against the truth about the same sources. Clusters count cross-source pairs unless `dedupe`.
 * Of the scored pairs only those that truth is undecided about are held, so they may be streamed.
 */
export function evaluate(
  scored: Iterable<ScoredPair>,
  entities: readonly EntityMember[],
  truth: Truth,
  dedupe = false,
): Evaluation {
  return truth.kind === "pairs"
    ? evaluatePairs(scored, entities, truth)
    : evaluateClusters(scored, entities, truth, dedupe);
}

function evaluateClusters(
  scored: Iterable<ScoredPair>,
  entities: readonly EntityMember[],
  truth: Extract<Truth, { kind: "clusters" }>,
  dedupe: boolean,
): Evaluation {
  const clusterOf = clusterFinder(truth);
  const grouping = groupRecords(entities, clusterOf);
  const unitOf = new Map(
    entities.map((member, i) => [recordKey(member), grouping.unitOfEntity[grouping.entity[i] as number] as number]),
  );
  const judged: Judged[] = [];
  for (const { left, right, probability } of scored) {
    if (!isOpen({ probability })) continue;
    const unit = unitOf.get(recordKey(left));
    judged.push({ probability, match: clusterOf(left) === clusterOf(right), ...(unit === undefined ? {} : { unit }) });
  }
  return { ...clusterScores(grouping, dedupe), byCategory: [], ...calibrationOf(judged) };
}

function evaluatePairs(
  scored: Iterable<ScoredPair>,
  entities: readonly EntityMember[],
  { pairs }: Extract<Truth, { kind: "pairs" }>,
): Evaluation {
  const { unitOf } = pairUnits(pairs);
  const placeByPair = new Map(pairs.map((pair, i) => [pairKey(pair), i]));
  const judged: Judged[] = [];
  for (const pair of scored) {
    const place = placeByPair.get(pairKey(pair));
    if (place === undefined) continue;
    judged.push({
      probability: pair.probability,
      match: pairs[place]?.match === true,
      unit: unitOf[place] as number,
    });
  }
  return {
    ...labelScores(pairs, inOneEntity(entities)),
    bCubed: null,
    exactEntities: null,
    ...calibrationOf(judged),
  };
}

/** Whether two records share an entity; a record that is in none shares it with nobody. */
export function inOneEntity(entities: readonly EntityMember[]): (pair: RecordPair) => boolean {
  const entityByRecord = new Map(entities.map((member) => [recordKey(member), member.entity]));
  return ({ left, right }) => {
    const entity = entityByRecord.get(recordKey(left));
    return entity !== undefined && entity === entityByRecord.get(recordKey(right));
  };
}

function calibrationOf(
  judged: readonly Judged[],
): Pick<Evaluation, "calibration" | "calibrationError"> & CalibrationCertainty {
  return { ...reliability(judged), ...calibrationCertainty(judged) };
}
