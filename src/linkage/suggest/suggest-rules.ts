import type { SourceCounts } from "../blocking/index.ts";
import { type Interval, wilson } from "../evaluate/index.ts";
import { linkTables } from "../link-tables.ts";
import type { BlockingRule, LinkageSettings } from "../settings.ts";
import { candidateRules } from "./candidate-rules.ts";
import { rulesOfMatches } from "./found-by.ts";
import { type RuleCost, ruleCosts } from "./rule-cost.ts";
import { batchesOf, sampledSources } from "./sampled-sources.ts";

/** A rule that may be worth having, judged by a sample of the records. */
export interface SuggestedRule extends RuleCost {
  /** As a configuration has it. */
  readonly rule: BlockingRule;
  /** Matches of the sample that it finds, and those that any of the candidates finds. */
  readonly found: number;
  readonly matches: number;
  /** Their share with its interval; null without a match. */
  readonly recall: number | null;
  readonly interval: Interval | null;
  /** Its place among the chosen rules, from 1: where it was the one with the most new matches for its pairs. */
  readonly chosen: number | null;
  /** Matches that the rules chosen before it do not find; 0 for others. */
  readonly newMatches: number;
}

/** With fewer matches in the sample, no rule is chosen. */
const matchesMin = 20;

/** Weighs candidate rules by linking a sample of the records by all of them at once; the chosen ones first, in their order. */
export function suggestRules(counts: readonly SourceCounts[], settings: LinkageSettings): SuggestedRule[] {
  const sources = sampledSources(counts, settings);
  const rules = candidateRules(settings);
  if (rules.length === 0) return [];
  const wide = { ...settings, rules, trusted: [], keepWeight: 0, blockPairsMax: Number.MAX_SAFE_INTEGER };
  const costs = ruleCosts(sources, wide);
  const found = rulesOfMatches(linkTables(batchesOf(sources), wide).scored, sources, wide);
  const chosen = chooseRules(costs, found);
  const suggested = rules.map((rule, r): SuggestedRule => {
    const own = found.filter((mask) => (mask & (1 << r)) !== 0).length;
    const choice = chosen.findIndex((one) => one.rule === r);
    return {
      rule,
      ...(costs[r] as RuleCost),
      found: own,
      matches: found.length,
      recall: found.length === 0 ? null : own / found.length,
      interval: wilson(own, found.length),
      chosen: choice < 0 ? null : choice + 1,
      newMatches: chosen[choice]?.newMatches ?? 0,
    };
  });
  const place = ({ chosen: at }: SuggestedRule): number => at ?? rules.length + 1;
  return suggested.sort((a, b) => place(a) - place(b) || b.found - a.found || a.pairs - b.pairs);
}

/** Takes the rule with the most new matches for its pairs, until no other finds a new one. */
function chooseRules(
  costs: readonly RuleCost[],
  found: readonly number[],
): { readonly rule: number; readonly newMatches: number }[] {
  const chosen: { rule: number; newMatches: number }[] = [];
  if (found.length < matchesMin) return chosen;
  let left = found;
  for (;;) {
    const gains = costs.map(({ pairs }, rule) => {
      const newMatches = left.filter((mask) => (mask & (1 << rule)) !== 0).length;
      return { rule, newMatches, gain: newMatches / Math.max(pairs, 1) };
    });
    const [best] = gains.sort((a, b) => b.gain - a.gain || a.rule - b.rule);
    if (best === undefined || best.newMatches === 0) return chosen;
    chosen.push({ rule: best.rule, newMatches: best.newMatches });
    left = left.filter((mask) => (mask & (1 << best.rule)) === 0);
  }
}
