import { columnAsText } from "./column-as-text.ts";
import { type Comparison, nullLevel } from "./contract.ts";
import { foldText } from "./fold.ts";
import { preparedTexts } from "./prepare.ts";

/** Compares one-word classes, such as a rating or a language; how much their agreement says is learnt. */
export const categoryComparison: Comparison = {
  levels: [
    { label: "different", m: 0.15, u: 0.7, weightMax: 0 },
    { label: "equal", m: 0.85, u: 0.3, weightMin: 0, weightMax: 6 },
  ],
  ascending: [1, 2],
  agreesFrom: 2,
  disagreesUpTo: 1,
  prepare(column) {
    const at = preparedTexts(columnAsText(column), (text) => foldText(text) || null);
    return (left, right) => {
      const a = at(left);
      const b = at(right);
      return a === null || b === null ? nullLevel : a === b ? 2 : 1;
    };
  },
};
