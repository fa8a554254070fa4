import type { ComparisonSettings } from "../settings.ts";
import { type Comparison, nullLevel } from "./contract.ts";
import { ascendingLevels, gradedLevels } from "./graded-levels.ts";
import { readLetters } from "./letters.ts";
import { preparedTexts } from "./prepare.ts";

/** Compares texts for equality, as SQL's `=` does. */
export function exactComparison(settings: ComparisonSettings): Comparison {
  const read = readLetters(settings);
  return {
    levels: gradedLevels(["different", "equal"]),
    ascending: ascendingLevels(2),
    agreesFrom: 2,
    disagreesUpTo: 1,
    graded: true,
    kernel: { kind: "exact", lower: settings.letters === "lower" },
    prepare(column) {
      if (column.kind !== "text") throw new TypeError(`column ${column.name} holds ${column.kind}, not texts`);
      const textOf = preparedTexts(column, read);
      return (left, right) => {
        const a = textOf(left);
        const b = textOf(right);
        return a === null || b === null ? nullLevel : a === b ? 2 : 1;
      };
    },
  };
}
