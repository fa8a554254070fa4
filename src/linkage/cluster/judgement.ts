/** What became of a pair, and why where it is not plain. */
export interface Judgement {
  readonly outcome: "match" | "review" | "rejected";
  readonly reason: string;
}

/** A pair that matches by its weight. */
export const match: Judgement = { outcome: "match", reason: "" };

/** A pair that nobody needs to look at. */
export const rejected: Judgement = { outcome: "rejected", reason: "below the threshold" };

/** A pair between the two thresholds. */
export const doubtful: Judgement = { outcome: "review", reason: "below the threshold, but not by much" };
