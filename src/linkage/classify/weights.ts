import { type Comparison, comparisonOf } from "../compare/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { monotone } from "../calibrate/index.ts";
import type { Shares, Tally } from "./parameters.ts";

/** A share this small is as good as never; it bounds every weight. */
const shareMin = 1e-7;

/** The weights of a comparison's levels under one rule: log2(m / u), monotone where its levels ascend, within their bounds. */
function levelWeights(shares: Shares, comparison: Comparison, seen: Float64Array): Float64Array {
  const weights = shares.m.map((m, level) =>
    level === 0 ? 0 : Math.log2(Math.max(m, shareMin) / Math.max(shares.u[level] as number, shareMin)),
  );
  const chain = comparison.ascending;
  const rising = monotone(
    chain.map((level) => weights[level] as number),
    chain.map((level) => (seen[level] as number) + 1),
  );
  chain.forEach((level, i) => {
    weights[level] = rising[i] as number;
  });
  return weights.map((weight, level) => {
    const { weightMin = -20, weightMax = 20 } = comparison.levels[level - 1] ?? { weightMin: 0, weightMax: 0 };
    return Math.min(Math.max(weight, weightMin), weightMax);
  });
}

/** The weights of all levels, by rule and comparison. */
export function allWeights(
  shares: readonly (readonly Shares[])[],
  tally: Tally,
  settings: LinkageSettings,
): Float64Array[][] {
  return shares.map((ofRule, r) =>
    ofRule.map((one, c) => {
      const comparison = comparisonOf(settings.comparisons[c] as LinkageSettings["comparisons"][number]);
      const match = (tally.match[r] as readonly Float64Array[])[c] as Float64Array;
      const nonMatch = (tally.nonMatch[r] as readonly Float64Array[])[c] as Float64Array;
      return levelWeights(
        one,
        comparison,
        match.map((count, level) => count + (nonMatch[level] as number)),
      );
    }),
  );
}
