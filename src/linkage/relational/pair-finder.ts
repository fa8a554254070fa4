import type { OpenClustering } from "../cluster/index.ts";

/** Finds the row of a kept pair by its two records, in either order; -1 where there is none. */
export function pairFinder({ left, right, order }: OpenClustering["pairs"]): (a: number, b: number) => number {
  return (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    let [from, to] = [0, order.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const row = order[middle] as number;
      const after = (left[row] as number) - low || (right[row] as number) - high;
      if (after < 0) from = middle + 1;
      else to = middle;
    }
    const row = order[from];
    return row !== undefined && left[row] === low && right[row] === high ? row : -1;
  };
}
