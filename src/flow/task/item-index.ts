import type { StoredArtifact } from "../run-record.ts";

/** A page of items: those of one window. */
export interface ItemPage {
  readonly keys: readonly string[];
  readonly items: readonly unknown[];
  /** How large they are beside each other, where the flow says so. */
  readonly sizes?: readonly number[];
}

/**
 * What the plan of a step found out, as its metadata keeps it: how many tasks there are, and where their items are, a page
 * a window, so that nobody holds all of them.
 */
export interface ItemIndex {
  readonly width: number;
  readonly skipped: boolean;
  /** Empty for a step without items. */
  readonly pages: readonly StoredArtifact[];
  /**
   * Of a foreach within another: for each level from the outermost, how many tasks of the next level each task there has.
   * The last list is of this step's own tasks by task of the step it is within.
   */
  readonly groups: readonly (readonly number[])[];
}
