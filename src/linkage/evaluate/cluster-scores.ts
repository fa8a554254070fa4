import type { UnitTable } from "./bootstrap.ts";
import { clusterColumn, clusterUnits } from "./cluster-units.ts";
import type { Grouping } from "./grouping.ts";
import { scoreIntervals } from "./score-intervals.ts";
import { harmonicMean, type ScoreIntervals, type Scores, scoresOf } from "./scores.ts";

/** Precision, recall and their harmonic mean, with intervals; null intervals where there is too little to resample. */
export interface GroupScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly intervals: ScoreIntervals | null;
}

/** Entities of two or more records that are a truth cluster to the record: of those found, and of those there are. */
export interface ExactScores extends GroupScores {
  readonly exact: number;
  readonly entities: number;
  readonly clusters: number;
}

/** Entities beside truth clusters. */
export interface ClusterScores {
  readonly pairs: Scores;
  readonly intervals: ScoreIntervals | null;
  /**
   * A. Bagga, B. Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", 1998: the mean over
   * records of how much of the record's entity, and of its truth cluster, is right.
   */
  readonly bCubed: GroupScores;
  readonly exactEntities: ExactScores;
}

const c = clusterColumn;
const columns = [
  { precision: [c.pairsRight, c.pairsFound], recall: [c.pairsRight, c.pairsTrue] },
  { precision: [c.precisionSum, c.records], recall: [c.recallSum, c.records] },
  { precision: [c.groupsExact, c.groupsFound], recall: [c.groupsExact, c.groupsTrue] },
] as const;

/** Scores entities against truth clusters, with bootstrap intervals over units that no pair crosses. */
export function clusterScores(grouping: Grouping, dedupe: boolean): ClusterScores {
  const units = clusterUnits(grouping, dedupe);
  const sums = sumOf(units);
  const at = (column: number): number => sums[column] as number;
  const [ofPairs, ofRecords, ofGroups] = scoreIntervals(units, columns);
  const right = at(c.pairsRight);
  return {
    pairs: scoresOf(right, at(c.pairsFound) - right, at(c.pairsTrue) - right),
    intervals: ofPairs ?? null,
    bCubed: {
      ...shares(at(c.precisionSum), at(c.recallSum), at(c.records), at(c.records)),
      intervals: ofRecords ?? null,
    },
    exactEntities: {
      exact: at(c.groupsExact),
      entities: at(c.groupsFound),
      clusters: at(c.groupsTrue),
      ...shares(at(c.groupsExact), at(c.groupsExact), at(c.groupsFound), at(c.groupsTrue)),
      intervals: ofGroups ?? null,
    },
  };
}

function shares(rightFound: number, rightTrue: number, found: number, true_: number): Omit<GroupScores, "intervals"> {
  const precision = found === 0 ? 1 : rightFound / found;
  const recall = true_ === 0 ? 1 : rightTrue / true_;
  return { precision, recall, f1: harmonicMean(precision, recall) };
}

/** Each column's values are added in their own order, so that the order of units does not show in the last bit. */
function sumOf({ unitCount, width, values }: UnitTable): Float64Array {
  return Float64Array.from({ length: width }, (_, column) =>
    Float64Array.from({ length: unitCount }, (_, unit) => values[unit * width + column] as number)
      .sort()
      .reduce((sum, value) => sum + value, 0),
  );
}
