import { hash53 } from "../../base/index.ts";

/** Which fold each labelled row is set aside in. */
export interface Folds {
  readonly count: number;
  /** By row. */
  readonly foldOf: Uint8Array;
}

/**
 * Parts rows by a hash of what they depend on each other by, so that rows of one group stay together and the order of
 * rows means nothing. Each seed parts them another way.
 */
export function foldsOf(groups: readonly string[], count: number, seed: number): Folds {
  return { count, foldOf: Uint8Array.from(groups, (group) => hash53(group, seed) % count) };
}
