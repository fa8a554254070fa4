import type { WeightPart } from "./weight-parts.ts";

/**
 * How a pair stands in a linkage. `kept`: scored and written down. `unlikely`: scored, and too unlikely to be kept. `unmade`: no
 * blocking rule makes it. `absent`: a record of it is not there. `unread`: not kept, and nobody looked why.
 */
export type PairStanding = "kept" | "unlikely" | "unmade" | "absent" | "unread";

/** All that the cause of a change may be read from. */
export interface PairState {
  readonly standing: PairStanding;
  readonly isMatch: boolean;
  /** Why it is no match by its weight alone; empty where the weight decides. */
  readonly reason: string;
  /** log2 of the posterior odds; null where it is not known. */
  readonly weight: number | null;
  /** The weight from which pairs match. */
  readonly thresholdWeight: number;
  /** What people said of the pair. */
  readonly decision: "same" | "different" | null;
  readonly parts: readonly WeightPart[];
}
