import { type Comparison, nullLevel } from "./contract.ts";
import { numbersOf } from "./numbers-of.ts";

/** Compares measures by their relative difference: running times, prices, lengths. */
export const numberComparison: Comparison = {
  levels: [
    { label: "more than 30 % apart", m: 0.02, u: 0.3, weightMax: -0.5 },
    { label: "up to 30 % apart", m: 0.06, u: 0.3, weightMax: 0.5 },
    { label: "up to 10 % apart", m: 0.12, u: 0.25 },
    { label: "up to 3 % apart", m: 0.2, u: 0.12 },
    { label: "equal", m: 0.6, u: 0.03 },
  ],
  ascending: [1, 2, 3, 4, 5],
  agreesFrom: 4,
  disagreesUpTo: 1,
  prepare(column) {
    const values = numbersOf(column);
    return (left, right) => {
      const a = values[left] as number;
      const b = values[right] as number;
      if (!Number.isFinite(a) || !Number.isFinite(b)) return nullLevel;
      if (a === b) return 5;
      const apart = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
      if (apart <= 0.03) return 4;
      return apart <= 0.1 ? 3 : apart <= 0.3 ? 2 : 1;
    };
  },
};
