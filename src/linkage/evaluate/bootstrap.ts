import { seededRandom } from "../../base/index.ts";
import type { Interval } from "./interval.ts";

/** Parts of a data set that depend on each other within and not across: one row of `width` numbers that add up over all. */
export interface UnitTable {
  readonly unitCount: number;
  readonly width: number;
  readonly values: Float64Array;
}

const replicatesMax = 1000;
const replicatesMin = 200;
/** Draws over all replicates: a million units take 200 replicates, and two seconds. */
const drawsMax = 50_000_000;
const seed = 19_790_101;

/** How often to resample so many units. */
export function replicateCount(unitCount: number): number {
  return Math.min(replicatesMax, Math.max(replicatesMin, Math.floor(drawsMax / Math.max(unitCount, 1))));
}

/**
 * Intervals of statistics of sums over units, by drawing units with replacement and taking the middle 95 %. The same
 * table gives the same intervals, in whatever order its units are.
 * B. Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979.
 */
export function bootstrap(units: UnitTable, statistics: (sums: Float64Array) => readonly number[]): Interval[] {
  const { rows, rowOfUnit } = distinctRows(units);
  const replicates = replicateCount(units.unitCount);
  const random = seededRandom(seed);
  const drawn: (readonly number[])[] = [];
  const times = new Int32Array(rows.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    times.fill(0);
    for (let i = 0; i < units.unitCount; i++) {
      const row = rowOfUnit[random.integer(units.unitCount)] as number;
      times[row] = (times[row] as number) + 1;
    }
    const sums = new Float64Array(units.width);
    rows.forEach((row, r) => {
      for (let column = 0; column < units.width; column++)
        sums[column] = (sums[column] as number) + (times[r] as number) * (row[column] as number);
    });
    drawn.push(statistics(sums));
  }
  const width = drawn[0]?.length ?? 0;
  return Array.from({ length: width }, (_, s) => middle(drawn.map((values) => values[s] as number)));
}

/** Most units are alike (a film found in two sources, a film of one source), so each kind of row is summed once. */
function distinctRows({ unitCount, width, values }: UnitTable): { rows: Float64Array[]; rowOfUnit: Int32Array } {
  const countByRow = new Map<string, number>();
  for (let unit = 0; unit < unitCount; unit++) {
    const key = values.subarray(unit * width, (unit + 1) * width).join(" ");
    countByRow.set(key, (countByRow.get(key) ?? 0) + 1);
  }
  const keys = [...countByRow.keys()].sort();
  const rowOfUnit = new Int32Array(unitCount);
  let at = 0;
  keys.forEach((key, row) => {
    rowOfUnit.fill(row, at, at + (countByRow.get(key) as number));
    at += countByRow.get(key) as number;
  });
  return { rows: keys.map((key) => Float64Array.from(key.split(" "), Number)), rowOfUnit };
}

/** From the 2.5th to the 97.5th percentile of values. */
export function middle(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { low: at(0.025), high: at(0.975) };
}
