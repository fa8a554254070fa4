import { hash53 } from "../../base/index.ts";

/** The half of the films that choices are made on, and the half that is only read to report. */
export type Half = "even" | "odd";

/**
 * The half that a truth cluster belongs to, by a hash of its name (for films the IMDb id; for a record without one,
 * `source:id`). Defaults are chosen on the even half; the odd half is read when an issue is closed.
 */
export function halfOf(truthCluster: string): Half {
  return hash53(truthCluster, 2024) % 2 === 0 ? "even" : "odd";
}
