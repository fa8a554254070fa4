import { columnAsText } from "./column-as-text.ts";
import { type Comparison, type Level, nullLevel } from "./contract.ts";
import { preparedTexts } from "./prepare.ts";

/** What a comparison of two texts is made of, in as few lines as it takes. */
export interface TextComparison<T> {
  /** From the least agreement to the most. */
  readonly levels: readonly Level[];
  /** From this level upwards two values agree. Default: the last. */
  readonly agreesFrom?: number;
  /** Up to this level they speak against each other. Default: the first. */
  readonly disagreesUpTo?: number;
  /** Its values are classes that many records share. */
  readonly classes?: boolean;
  /** The keys under which a value's frequency is counted. */
  readonly valueKeys?: (text: string) => string[];
  /** What a text says, taken apart once for each distinct text; null where it says nothing. */
  read(text: string): T | null;
  /** The level of two values, 1 for `levels[0]`; the same whichever comes first. */
  level(a: T, b: T): number;
}

/** A comparison of texts whose levels ascend; of a list it looks at the first text. */
export function comparisonOfTexts<T>(parts: TextComparison<T>): Comparison {
  const { levels, agreesFrom = levels.length, disagreesUpTo = 1, classes, valueKeys } = parts;
  return {
    levels,
    ascending: levels.map((_, i) => i + 1),
    agreesFrom,
    disagreesUpTo,
    ...(classes === undefined ? {} : { classes }),
    ...(valueKeys === undefined ? {} : { valueKeys }),
    prepare(column) {
      const at = preparedTexts(columnAsText(column), (text) => parts.read(text));
      return (left, right) => {
        const a = at(left);
        const b = at(right);
        return a === null || b === null ? nullLevel : parts.level(a, b);
      };
    },
  };
}
