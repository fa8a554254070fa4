import { type Column, nullId, type TextColumn, type TextListColumn } from "../../columns/index.ts";
import type { ComparisonSettings } from "../settings.ts";
import { type Comparison, nullLevel } from "./contract.ts";
import { ascendingLevels, gradedLevels } from "./graded-levels.ts";
import { readLetters } from "./letters.ts";

const usualThresholds = [1, 3];

/** Compares lists by how many different members both hold: a level for each threshold that is reached. */
export function intersectionComparison(settings: ComparisonSettings): Comparison {
  const read = readLetters(settings);
  const atLeast = settings.thresholds ?? usualThresholds;
  return {
    levels: gradedLevels(["nothing in common", ...atLeast.map((count) => `${count} or more in common`)]),
    ascending: ascendingLevels(atLeast.length + 1),
    agreesFrom: 2,
    disagreesUpTo: 1,
    graded: true,
    kernel: { kind: "intersection", lower: settings.letters === "lower", atLeast },
    prepare(column) {
      const membersOf = memberSets(column, read);
      return (left, right) => {
        const a = membersOf(left);
        const b = membersOf(right);
        if (a.size === 0 || b.size === 0) return nullLevel;
        let common = 0;
        for (const member of a) if (b.has(member)) common++;
        return 1 + atLeast.filter((threshold) => common >= threshold).length;
      };
    },
  };
}

function memberSets(column: Column, read: (text: string) => string): (row: number) => ReadonlySet<string> {
  if (column.kind === "number") throw new TypeError(`column ${column.name} holds numbers, not texts`);
  const made: ReadonlySet<string>[] = [];
  return (row) => {
    made[row] ??= new Set(Array.from(memberIds(column, row), (id) => read(column.dictionary.get(id))));
    return made[row];
  };
}

function memberIds(column: TextColumn | TextListColumn, row: number): Iterable<number> {
  if (column.kind === "textList") return column.values.subarray(column.offsets[row], column.offsets[row + 1]);
  const id = column.ids[row] as number;
  return id === nullId ? [] : [id];
}
