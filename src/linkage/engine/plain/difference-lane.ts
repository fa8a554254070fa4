import type { EncodedComparison } from "../encoded-comparison.ts";
import { tileRecords } from "../scan.ts";
import type { Lane } from "./lane.ts";

/** How far numbers are apart. */
export function differenceLane({ values, atMost }: EncodedComparison & { kind: "difference" }): Lane {
  const tile = new Float64Array(tileRecords);
  const steps = Float64Array.from(atMost);
  let left = Number.NaN;
  return {
    load(record, place) {
      tile[place] = values.values[record] as number;
    },
    setLeft(record) {
      left = values.values[record] as number;
    },
    compare(alive, count, levels) {
      for (let k = 0; k < count; k++) {
        const apart = Math.abs((tile[alive[k] as number] as number) - left);
        let level = 1;
        for (let t = 0; t < steps.length; t++) if (apart <= (steps[t] as number)) level++;
        levels[k] = Number.isNaN(apart) ? 0 : level;
      }
    },
  };
}
