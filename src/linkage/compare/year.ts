import { type Comparison, nullLevel } from "./contract.ts";
import { numbersOf } from "./numbers-of.ts";

/** Compares years by how far they are apart. */
export const yearComparison: Comparison = {
  levels: [
    { label: "more than ten years apart", m: 0.003, u: 0.45, weightMax: -3 },
    { label: "four to ten years apart", m: 0.004, u: 0.2, weightMax: -2 },
    { label: "two or three years apart", m: 0.01, u: 0.12, weightMax: 0 },
    { label: "one year apart", m: 0.1, u: 0.13 },
    { label: "same year", m: 0.88, u: 0.1 },
  ],
  ascending: [1, 2, 3, 4, 5],
  agreesFrom: 4,
  disagreesUpTo: 2,
  prepare(column) {
    const values = numbersOf(column);
    return (left, right) => {
      const apart = Math.abs((values[left] as number) - (values[right] as number));
      if (Number.isNaN(apart)) return nullLevel;
      if (apart < 1) return 5;
      if (apart < 2) return 4;
      return apart <= 3 ? 3 : apart <= 10 ? 2 : 1;
    };
  },
};
