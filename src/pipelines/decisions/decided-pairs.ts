import type { Decision } from "../../linkage/index.ts";

/** The same text for a pair whichever record is named first. */
export function pairKey(left: Decision["left"], right: Decision["right"]): string {
  return [left, right]
    .map(({ source, id }) => JSON.stringify([source, id]))
    .sort()
    .join("|");
}

/** Looks up what was decided of a pair of records; undefined where nothing was. */
export function decidedPairs(
  decisions: readonly Decision[],
): (left: Decision["left"], right: Decision["right"]) => Decision["kind"] | undefined {
  const kindByPair = new Map(decisions.map(({ kind, left, right }) => [pairKey(left, right), kind]));
  return kindByPair.size === 0 ? () => undefined : (left, right) => kindByPair.get(pairKey(left, right));
}
