import type { ComparisonSettings } from "../../settings.ts";
import { columnAsText } from "../column-as-text.ts";
import { type Comparison, nullLevel } from "../contract.ts";
import { ascendingLevels, gradedLevels } from "../graded-levels.ts";
import { preparedTexts } from "../prepare.ts";
import { distanceKm, type Point, pointOf } from "./point.ts";

/** The same door, the same quarter, the same town, the same region. */
const usualThresholds = [0.1, 1, 10, 100];

/** Compares places written as "latitude,longitude" by their distance: a level for each threshold (km) that is kept. */
export function coordinatesComparison(settings: ComparisonSettings): Comparison {
  const atMost = settings.thresholds ?? usualThresholds;
  const labels = atMost.map((threshold) => `at most ${threshold} km apart`);
  return {
    levels: gradedLevels(["further apart", ...labels.reverse()]),
    ascending: ascendingLevels(atMost.length + 1),
    agreesFrom: atMost.length + 1,
    disagreesUpTo: 1,
    graded: true,
    prepare(column) {
      const at = preparedTexts(columnAsText(column), pointOf);
      return (left, right) => {
        const a = at(left);
        const b = at(right);
        return a === null || b === null ? nullLevel : levelOf(a, b, atMost);
      };
    },
  };
}

function levelOf(a: Point, b: Point, atMost: readonly number[]): number {
  const apart = distanceKm(a, b);
  return 1 + atMost.filter((threshold) => apart <= threshold).length;
}
