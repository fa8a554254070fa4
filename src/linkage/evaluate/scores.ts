import type { Interval } from "./interval.ts";

/** How often a linkage was right: pairs found that are true, found that are not, true ones not found, and what follows. */
export interface Scores {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The intervals of precision, recall and F1. */
export interface ScoreIntervals {
  readonly precision: Interval;
  readonly recall: Interval;
  readonly f1: Interval;
}

/** Precision is 1 when nothing was found, recall 1 when there was nothing to find. */
export function scoresOf(
  truePositives: number,
  falsePositives: number,
  falseNegatives: number,
  trueNegatives = 0,
): Scores {
  const precision = truePositives + falsePositives === 0 ? 1 : truePositives / (truePositives + falsePositives);
  const recall = truePositives + falseNegatives === 0 ? 1 : truePositives / (truePositives + falseNegatives);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives,
    precision,
    recall,
    f1: harmonicMean(precision, recall),
  };
}

/** F1 of precision and recall; 0 where both are. */
export function harmonicMean(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
