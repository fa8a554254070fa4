import type { Level } from "../compare/index.ts";
import { comparisonOf } from "../compare/index.ts";
import { trainingDefaults } from "../defaults.ts";
import { isIdentifierKind } from "../identifier-kinds.ts";
import type { LinkageSettings } from "../settings.ts";
import { isRuleOf } from "../trusted-rules.ts";

/** Expected numbers of matches and non-matches at each level (index 0 = null), by rule and comparison. */
export interface Tally {
  readonly match: readonly (readonly Float64Array[])[];
  readonly nonMatch: readonly (readonly Float64Array[])[];
}

/** Shares of matches (m) and non-matches (u) by level of one comparison; index 0 is unused. */
export interface Shares {
  readonly m: Float64Array;
  readonly u: Float64Array;
}

/** An empty tally of the right shape. */
export function emptyTally(settings: LinkageSettings): Tally {
  const shape = (): Float64Array[][] =>
    settings.rules.map(() => settings.comparisons.map((one) => new Float64Array(comparisonOf(one).levels.length + 1)));
  return { match: shape(), nonMatch: shape() };
}

/** Whether a rule's keys are made of the field, by rule and comparison. */
export function ownFields(settings: LinkageSettings): boolean[][] {
  return settings.rules.map((rule) =>
    settings.comparisons.map(
      ({ field }) => rule.keys.some((key) => key.field === field) || rule.topK?.fields.includes(field) === true,
    ),
  );
}

/**
 * Estimates m and u from a tally. A general field has one m and u over all rules, from which each rule departs only as far
 * as its own pairs say; a field that the rule's keys are made of has its own, which starts
 * from the shared shares of those levels that occur there.
 */
export function estimateShares(tally: Tally, random: readonly Float64Array[], settings: LinkageSettings): Shares[][] {
  const own = ownFields(settings);
  const shared = settings.comparisons.map((_, c) => sharedShares(tally, random[c] as Float64Array, c, own, settings));
  return settings.rules.map((_rule, r) =>
    settings.comparisons.map((comparison, c) => {
      const match = at(tally.match, r, c);
      const nonMatch = at(tally.nonMatch, r, c);
      const { m, u } = shared[c] as Shares;
      if (own[r]?.[c] === true) {
        const occurs = match.map((count, level) => (level > 0 && count + (nonMatch[level] as number) > 0 ? 1 : 0));
        return {
          m: shrunken(match, restricted(m, occurs), trainingDefaults.ownPairs),
          u: shrunken(nonMatch, restricted(u, occurs), trainingDefaults.ownPairs),
        };
      }
      const departed = {
        m: shrunken(match, m, trainingDefaults.sharedMatchPairs),
        u: shrunken(nonMatch, u, trainingDefaults.sharedNonMatchPairs),
      };
      if (!isTakenBefore(r, comparison, settings)) return departed;
      return besideMissing(departed, match, nonMatch, comparisonOf(comparison).disagreesUpTo);
    }),
  );
}

/** The shares of a comparison over all rules whose keys are not made of its field. */
function sharedShares(
  tally: Tally,
  random: Float64Array,
  c: number,
  own: readonly (readonly boolean[])[],
  settings: LinkageSettings,
): Shares {
  const levels = comparisonOf(settings.comparisons[c] as LinkageSettings["comparisons"][number]).levels;
  const general = sharingRules(settings).filter((r) => own[r]?.[c] === false);
  const summed = (counts: Tally["match"]): Float64Array =>
    sumOf(
      general.map((r) => at(counts, r, c)),
      levels.length + 1,
    );
  const u0 = shrunken(random, expectedShares(levels, "u"), trainingDefaults.expectedPairs);
  return {
    m: shrunken(summed(tally.match), expectedShares(levels, "m"), trainingDefaults.expectedPairs),
    u: shrunken(summed(tally.nonMatch), u0, trainingDefaults.expectedPairs),
  };
}

/** Whether it compares an identifier, and an earlier rule took every pair that has it in common. */
function isTakenBefore(
  r: number,
  { field, kind }: LinkageSettings["comparisons"][number],
  { rules }: LinkageSettings,
): boolean {
  return isIdentifierKind(kind) && rules.slice(0, r).some((rule) => isRuleOf(rule, field));
}

/**
 * Shares of an identifier where the pairs that have it in common belong to another rule. Of the pairs left, all that have two
 * identifiers have different ones, matches and others alike; what tells is that there are two. So a level that speaks against is weighed
 * beside a missing value, whose weight is 0, and never speaks for; where none is missing, the prior of the rule says it all.
 */
function besideMissing(shares: Shares, match: Float64Array, nonMatch: Float64Array, disagreesUpTo: number): Shares {
  const pairs = trainingDefaults.sharedMatchPairs;
  const [matches, others] = [totalOf(match), totalOf(nonMatch)];
  if (matches + others === 0) return shares;
  const odds = (level: number): number => {
    const pulled = (pairs * ((match[level] as number) + (nonMatch[level] as number))) / (matches + others);
    const ofMatches = ((match[level] as number) + pulled) / (matches + pairs);
    const ofOthers = ((nonMatch[level] as number) + pulled) / (others + pairs);
    return ofOthers === 0 ? 1 : ofMatches / ofOthers;
  };
  const missing = odds(0);
  return {
    m: shares.m.map((share, level) =>
      level > 0 && level <= disagreesUpTo ? (shares.u[level] as number) * Math.min(1, odds(level) / missing) : share,
    ),
    u: shares.u,
  };
}

/**
 * The rules whose pairs say what matches and non-matches are like in general. Those with `topK` make look-alikes only, from which
 * no other rule is to learn, unless there is no other.
 */
function sharingRules({ rules }: LinkageSettings): number[] {
  const byKeys = [...rules.keys()].filter((r) => rules[r]?.topK === undefined);
  return byKeys.length > 0 ? byKeys : [...rules.keys()];
}

function at(counts: readonly (readonly Float64Array[])[], rule: number, comparison: number): Float64Array {
  return (counts[rule] as readonly Float64Array[])[comparison] as Float64Array;
}

function expectedShares(levels: readonly Level[], of: "m" | "u"): Float64Array {
  const total = levels.reduce((sum, level) => sum + level[of], 0);
  return Float64Array.from([0, ...levels.map((level) => level[of] / total)]);
}

/** Shares of the levels that occur only; of all when none does. */
function restricted(shares: Float64Array, occurs: Float64Array): Float64Array {
  const kept = shares.map((share, level) => share * (occurs[level] as number));
  const total = kept.reduce((sum, share) => sum + share, 0);
  return total === 0 ? shares : kept.map((share) => share / total);
}

/** Counts as shares, pulled towards `target` as if it had been seen `pairs` times. */
function shrunken(counts: Float64Array, target: Float64Array, pairs: number): Float64Array {
  let total = 0;
  for (let level = 1; level < counts.length; level++) total += counts[level] as number;
  return target.map((share, level) =>
    level === 0 ? 0 : ((counts[level] as number) + pairs * share) / (total + pairs),
  );
}

function totalOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function sumOf(lists: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const list of lists)
    list.forEach((value, i) => {
      sum[i] = (sum[i] as number) + value;
    });
  return sum;
}
