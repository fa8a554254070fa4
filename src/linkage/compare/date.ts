import { type Comparison, nullLevel } from "./contract.ts";
import { numbersOf } from "./numbers-of.ts";

/** Compares dates (days) by how far they are apart. */
export const dateComparison: Comparison = {
  levels: [
    { label: "more than three years apart", m: 0.01, u: 0.7, weightMax: -2 },
    { label: "up to three years apart", m: 0.05, u: 0.2, weightMax: 0 },
    { label: "up to a year apart", m: 0.1, u: 0.08 },
    { label: "within a month", m: 0.14, u: 0.015 },
    { label: "same day", m: 0.7, u: 0.005 },
  ],
  ascending: [1, 2, 3, 4, 5],
  agreesFrom: 4,
  disagreesUpTo: 1,
  prepare(column) {
    const values = numbersOf(column);
    return (left, right) => {
      const apart = Math.abs((values[left] as number) - (values[right] as number));
      if (!Number.isFinite(apart)) return nullLevel;
      if (apart < 1) return 5;
      if (apart <= 31) return 4;
      return apart <= 366 ? 3 : apart <= 1096 ? 2 : 1;
    };
  },
};
