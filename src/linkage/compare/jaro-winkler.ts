import type { ComparisonSettings } from "../settings.ts";
import { type Comparison, nullLevel } from "./contract.ts";
import { ascendingLevels, gradedLevels } from "./graded-levels.ts";
import { readLetters } from "./letters.ts";
import { preparedTexts } from "./prepare.ts";
import { jaroWinkler } from "./similarity.ts";

const usualThresholds = [0.8, 0.88, 0.95];

/** Compares texts by Jaro-Winkler similarity: a level for each threshold that is reached, and one for equal texts. */
export function jaroWinklerComparison(settings: ComparisonSettings): Comparison {
  const read = readLetters(settings);
  const atLeast = settings.thresholds ?? usualThresholds;
  const equal = atLeast.length + 2;
  return {
    levels: gradedLevels(["different", ...atLeast.map((threshold) => `similar by ${threshold} or more`), "equal"]),
    ascending: ascendingLevels(equal),
    agreesFrom: equal - 1,
    disagreesUpTo: 1,
    graded: true,
    kernel: { kind: "jaroWinkler", lower: settings.letters === "lower", atLeast },
    prepare(column) {
      if (column.kind !== "text") throw new TypeError(`column ${column.name} holds ${column.kind}, not texts`);
      const textOf = preparedTexts(column, read);
      return (left, right) => {
        const a = textOf(left);
        const b = textOf(right);
        if (a === null || b === null) return nullLevel;
        if (a === b) return equal;
        const similarity = jaroWinkler(a, b);
        return 1 + atLeast.filter((threshold) => similarity >= threshold).length;
      };
    },
  };
}
