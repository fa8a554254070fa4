import type { PairSpace } from "../pair-space.ts";

/** Cuts the blocks of a space into units of neighbours: unit `u` is the blocks `starts[u]` up to, not including, `starts[u + 1]`, of about so many pairs. */
export function scanUnits({ blockStarts, blockCount }: PairSpace, unitPairs: number): Int32Array {
  const starts = [0];
  let pairs = 0;
  for (let block = 0; block < blockCount; block++) {
    const records = (blockStarts.values[block + 1] as number) - (blockStarts.values[block] as number);
    pairs += (records * records) / 2;
    if (pairs < unitPairs && block + 1 < blockCount) continue;
    starts.push(block + 1);
    pairs = 0;
  }
  return Int32Array.from(starts);
}
