import type { ComparisonSettings } from "../../settings.ts";
import { columnAsText } from "../column-as-text.ts";
import { type Comparison, nullLevel } from "../contract.ts";
import { ascendingLevels, gradedLevels } from "../graded-levels.ts";
import { preparedTexts } from "../prepare.ts";
import { readVector, withUnitLength } from "./vector.ts";

const usualThresholds = [0.5, 0.7, 0.85];
/** Cosines are rounded to this, so that those of equal vectors are 1. */
const parts = 1e6;

/**
 * Compares vectors that a model made of texts by their cosine: a level for each threshold that is reached. Vectors of two
 * lengths come of two models and say nothing of each other.
 */
export function embeddingComparison(settings: ComparisonSettings): Comparison {
  const atLeast = settings.thresholds ?? usualThresholds;
  return {
    levels: gradedLevels(["unlike", ...atLeast.map((threshold) => `alike by ${threshold} or more`)]),
    ascending: ascendingLevels(atLeast.length + 1),
    agreesFrom: atLeast.length + 1,
    disagreesUpTo: 1,
    graded: true,
    show: (text) => {
      const vector = readVector(text);
      return vector === null ? text : `a vector of ${vector.length} numbers`;
    },
    prepare(column) {
      const at = preparedTexts(columnAsText(column), (text) => {
        const vector = readVector(text);
        return vector && withUnitLength(vector);
      });
      return (left, right) => {
        const a = at(left);
        const b = at(right);
        if (a === null || b === null || a.length !== b.length) return nullLevel;
        const cosine = cosineOf(a, b);
        return 1 + atLeast.filter((threshold) => cosine >= threshold).length;
      };
    },
  };
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return Math.round(sum * parts) / parts;
}
