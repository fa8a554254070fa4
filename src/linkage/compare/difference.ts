import type { ComparisonSettings } from "../settings.ts";
import { type Comparison, nullLevel } from "./contract.ts";
import { ascendingLevels, gradedLevels } from "./graded-levels.ts";
import { numbersOf } from "./numbers-of.ts";

const usualThresholds = [0, 1, 3];

/** Compares numbers by how far they are apart: a level for each threshold that is kept. */
export function differenceComparison(settings: ComparisonSettings): Comparison {
  const atMost = settings.thresholds ?? usualThresholds;
  const labels = atMost.map((threshold) => (threshold === 0 ? "equal" : `at most ${threshold} apart`));
  return {
    levels: gradedLevels(["further apart", ...labels.reverse()]),
    ascending: ascendingLevels(atMost.length + 1),
    agreesFrom: atMost.length + 1,
    disagreesUpTo: 1,
    graded: true,
    kernel: { kind: "difference", atMost },
    prepare(column) {
      const values = numbersOf(column);
      return (left, right) => {
        const apart = Math.abs((values[left] as number) - (values[right] as number));
        return Number.isNaN(apart) ? nullLevel : 1 + atMost.filter((threshold) => apart <= threshold).length;
      };
    },
  };
}
