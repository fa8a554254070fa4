import type { EncodedComparison } from "../encoded-comparison.ts";
import { differenceLane } from "./difference-lane.ts";
import { exactLane } from "./exact-lane.ts";
import { intersectionLane } from "./intersection-lane.ts";
import { jaroWinklerLane } from "./jaro-winkler-lane.ts";
import type { Lane } from "./lane.ts";

/** The lane that carries out a comparison. */
export function laneOf(comparison: EncodedComparison): Lane {
  switch (comparison.kind) {
    case "exact":
      return exactLane(comparison);
    case "difference":
      return differenceLane(comparison);
    case "intersection":
      return intersectionLane(comparison);
    case "jaroWinkler":
      return jaroWinklerLane(comparison);
  }
}
