import type { Calibration, LabelledPair, Model, Verdict } from "../../linkage/index.ts";

/** What a linkage is told beyond its sources. Plain data, kept with the run. */
export interface Teaching {
  /** Labelled pairs that training learns from. */
  readonly labels: readonly LabelledPair[];
  /** What judges said of pairs: evidence of these pairs alone. */
  readonly verdicts: readonly Verdict[];
  /** Models by entity type, used in place of training. */
  readonly models: Readonly<Record<string, Model>>;
  /** Calibrations by entity type, learnt of labelled pairs of this or other data. */
  readonly calibrations: Readonly<Record<string, Calibration>>;
}

/** Nothing beyond the sources. */
export const noTeaching: Teaching = { labels: [], verdicts: [], models: {}, calibrations: {} };
