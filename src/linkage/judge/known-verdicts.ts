import { pairKey } from "../evaluate/index.ts";
import type { PairJudge } from "./judge-gray-zone.ts";
import type { Verdict } from "./verdict.ts";

/** A judge that knows the verdicts of others, such as those of a file, and asks nothing for them. Of one pair the last holds. */
export function knownVerdicts(verdicts: readonly Verdict[]): PairJudge {
  const byPair = new Map(verdicts.map((verdict) => [pairKey(verdict), verdict]));
  return { cost: () => 0, judge: async (pair) => byPair.get(pairKey(pair)) ?? null };
}
