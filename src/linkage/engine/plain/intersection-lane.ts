import type { EncodedComparison } from "../encoded-comparison.ts";
import { tileRecords } from "../scan.ts";
import type { Lane } from "./lane.ts";

/** How many members two lists share. */
export function intersectionLane(comparison: EncodedComparison & { kind: "intersection" }): Lane {
  const starts = comparison.starts.values;
  const members = comparison.members.values;
  const signatures = comparison.signatures.values;
  const steps = Float64Array.from(comparison.atLeast);
  const tile = {
    from: new Int32Array(tileRecords),
    to: new Int32Array(tileRecords),
    low: new Int32Array(tileRecords),
    high: new Int32Array(tileRecords),
  };
  let left = { from: 0, to: 0, low: 0, high: 0 };
  const levelOf = (count: number): number => {
    let level = 1;
    for (let t = 0; t < steps.length; t++) if (count >= (steps[t] as number)) level++;
    return level;
  };
  const nothing = levelOf(0);
  return {
    load(record, place) {
      tile.from[place] = starts[record] as number;
      tile.to[place] = starts[record + 1] as number;
      tile.low[place] = signatures[record * 2] as number;
      tile.high[place] = signatures[record * 2 + 1] as number;
    },
    setLeft(record) {
      left = {
        from: starts[record] as number,
        to: starts[record + 1] as number,
        low: signatures[record * 2] as number,
        high: signatures[record * 2 + 1] as number,
      };
    },
    compare(alive, count, levels) {
      const { from, to, low, high } = left;
      for (let k = 0; k < count; k++) {
        const place = alive[k] as number;
        const otherFrom = tile.from[place] as number;
        const otherTo = tile.to[place] as number;
        if (from === to || otherFrom === otherTo) levels[k] = 0;
        else if (((tile.low[place] as number) & low) === 0 && ((tile.high[place] as number) & high) === 0)
          levels[k] = nothing;
        else levels[k] = levelOf(commonMembers(members, from, to, otherFrom, otherTo));
      }
    },
  };
}

/** Members that two ascending lists share. */
function commonMembers(members: Int32Array, fromA: number, toA: number, fromB: number, toB: number): number {
  let a = fromA;
  let b = fromB;
  let common = 0;
  while (a < toA && b < toB) {
    const left = members[a] as number;
    const right = members[b] as number;
    if (left === right) common++;
    if (left <= right) a++;
    if (right <= left) b++;
  }
  return common;
}
