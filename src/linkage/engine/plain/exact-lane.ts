import type { EncodedComparison } from "../encoded-comparison.ts";
import { tileRecords } from "../scan.ts";
import type { Lane } from "./lane.ts";

/** Equality of dictionary ids. */
export function exactLane({ ids }: EncodedComparison & { kind: "exact" }): Lane {
  const tile = new Int32Array(tileRecords);
  let left = -1;
  return {
    load(record, place) {
      tile[place] = ids.values[record] as number;
    },
    setLeft(record) {
      left = ids.values[record] as number;
    },
    compare(alive, count, levels) {
      for (let k = 0; k < count; k++) {
        const id = tile[alive[k] as number] as number;
        levels[k] = id < 0 || left < 0 ? 0 : id === left ? 2 : 1;
      }
    },
  };
}
