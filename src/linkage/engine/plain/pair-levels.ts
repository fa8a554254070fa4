import { sortByNumber, wholeNumbers } from "../../../base/index.ts";
import type { EncodedComparison } from "../encoded-comparison.ts";
import { tileRecords } from "../scan.ts";
import { laneOf } from "./lane-of.ts";

/** Compares the pairs `left[i]`, `right[i]`, which need no block: the level of each, by comparison. */
export function pairLevels(
  comparisons: readonly EncodedComparison[],
  left: Int32Array,
  right: Int32Array,
  recordCount: number,
): Uint8Array[] {
  const order = sortByNumber(wholeNumbers(left.length), left, recordCount);
  const lanes = comparisons.map(laneOf);
  const levels = comparisons.map(() => new Uint8Array(left.length));
  const alive = wholeNumbers(tileRecords);
  const ofTile = new Uint8Array(tileRecords);
  for (let from = 0; from < order.length; ) {
    const record = left[order[from] as number] as number;
    let count = 0;
    while (count < tileRecords && left[order[from + count] as number] === record) count++;
    lanes.forEach((lane, c) => {
      for (let k = 0; k < count; k++) lane.load(right[order[from + k] as number] as number, k);
      lane.setLeft(record);
      lane.compare(alive, count, ofTile);
      for (let k = 0; k < count; k++) (levels[c] as Uint8Array)[order[from + k] as number] = ofTile[k] as number;
    });
    from += count;
  }
  return levels;
}
