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
 * from the shared shares of those levels that occur there. An identifier that a rule finds pairs by says the same under
 * every other rule: of the pairs left to those, all that have two identifiers have different ones, matches and others alike.
 */
export function estimateShares(tally: Tally, random: readonly Float64Array[], settings: LinkageSettings): Shares[][] {
  const own = ownFields(settings);
  const taken = identifiersWithRules(settings);
  const shared = settings.comparisons.map((one, c) => {
    const levels = comparisonOf(one).levels;
    const sharing = sharingRules(settings);
    const general = sharing.filter((r) => own[r]?.[c] === false);
    // The rule takes the pairs that agree: without its matches, those of other rules would seem to differ as a matter of course.
    const matching = taken[c] === true ? sharing : general;
    const expected = { m: expectedShares(levels, "m"), u: expectedShares(levels, "u") };
    const u0 = shrunken(random[c] as Float64Array, expected.u, trainingDefaults.expectedPairs);
    return {
      m: shrunken(
        sumOf(
          matching.map((r) => at(tally.match, r, c)),
          levels.length + 1,
        ),
        expected.m,
        trainingDefaults.expectedPairs,
      ),
      u: shrunken(
        sumOf(
          general.map((r) => at(tally.nonMatch, r, c)),
          levels.length + 1,
        ),
        u0,
        trainingDefaults.expectedPairs,
      ),
    };
  });
  return settings.rules.map((_, r) =>
    settings.comparisons.map((_comparison, c) => {
      const match = at(tally.match, r, c);
      const nonMatch = at(tally.nonMatch, r, c);
      const { m, u } = shared[c] as (typeof shared)[number];
      if (taken[c] === true && own[r]?.[c] === false) return { m, u };
      if (own[r]?.[c] === false) {
        return {
          m: shrunken(match, m, trainingDefaults.sharedMatchPairs),
          u: shrunken(nonMatch, u, trainingDefaults.sharedNonMatchPairs),
        };
      }
      const occurs = match.map((count, level) => (level > 0 && count + (nonMatch[level] as number) > 0 ? 1 : 0));
      return {
        m: shrunken(match, restricted(m, occurs), trainingDefaults.ownPairs),
        u: shrunken(nonMatch, restricted(u, occurs), trainingDefaults.ownPairs),
      };
    }),
  );
}

/** Whether it is an identifier, and a rule takes every pair that has it in common; by comparison. */
function identifiersWithRules({ rules, comparisons }: LinkageSettings): boolean[] {
  return comparisons.map(({ field, kind }) => isIdentifierKind(kind) && rules.some((rule) => isRuleOf(rule, field)));
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

function sumOf(lists: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const list of lists)
    list.forEach((value, i) => {
      sum[i] = (sum[i] as number) + value;
    });
  return sum;
}
