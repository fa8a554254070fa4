import { comparisonOf } from "../compare/index.ts";
import { trainingDefaults } from "../defaults.ts";
import type { LinkageSettings } from "../settings.ts";
import type { Counts } from "./counts.ts";
import { type Estimate, expectMatches } from "./expectation.ts";
import type { Frozen } from "./frozen.ts";
import type { LabelledPattern } from "./labelled.ts";
import type { Model, RuleModel } from "./model.ts";
import { type Observations, observe } from "./observations.ts";
import { emptyTally, estimateShares, ownFields, type Shares, type Tally } from "./parameters.ts";
import { unpackPattern } from "./pattern.ts";
import { noCompetition, type UnclaimedShares } from "./unclaimed.ts";
import { allWeights } from "./weights.ts";

/**
 * Trains a Fellegi-Sunter model by expectation maximisation on sampled pairs. The expectation knows that a record has at
 * most one match in another source without duplicates: candidates of one record compete, which tells matches from
 * look-alikes without any label. Expected shares of each level count as some pairs, so tiny data cannot flip the classes.
 *
 * I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", 1969; W. E. Winkler, "Using the EM Algorithm for Weight
 * Computation in the Fellegi-Sunter Model of Record Linkage", 2000.
 */
export function train(
  counts: Counts,
  frozen: Frozen,
  settings: LinkageSettings,
  labelled: readonly LabelledPattern[] = [],
): Model {
  const observations = observe(counts, settings);
  const random = randomShares(frozen, settings);
  const none = emptyTally(settings);
  let estimate: Estimate = estimateFrom(
    none,
    settings.rules.map(() => trainingDefaults.priorMean),
    random,
    noCompetition(settings),
    settings,
  );
  let iterations = 0;
  for (; iterations < trainingDefaults.iterationsMax; iterations++) {
    const { tally, priors, unclaimed } = expectMatches(observations, labelled, estimate, settings);
    const moved = Math.max(0, ...priors.map((prior, r) => Math.abs(prior - (estimate.priors[r] as number))));
    estimate = estimateFrom(tally, priors, random, unclaimed, settings);
    if (moved < trainingDefaults.priorTolerance) break;
  }
  return {
    kind: "kindred-linkage-model",
    version: 1,
    settings: { ...settings, fields: [...settings.fields] },
    recordCountBySource: { ...frozen.facts.recordCountBySource },
    iterations,
    rules: settings.rules.map((_, r) => ruleModel(r, counts, observations, estimate, settings)),
  };
}

function estimateFrom(
  tally: Tally,
  priors: number[],
  random: readonly Float64Array[],
  unclaimed: UnclaimedShares,
  settings: LinkageSettings,
): Estimate {
  const shares = estimateShares(tally, random, settings);
  return { shares, weights: allWeights(shares, tally, settings), priors, tally, unclaimed };
}

/** How often each level was seen among random pairs, by comparison. */
function randomShares(frozen: Frozen, settings: LinkageSettings): Float64Array[] {
  const counts = settings.comparisons.map((one) => new Float64Array(comparisonOf(one).levels.length + 1));
  for (const [pattern, count] of frozen.facts.randomPatterns) {
    unpackPattern(pattern, counts.length).forEach((level, c) => {
      const ofComparison = counts[c] as Float64Array;
      ofComparison[level] = (ofComparison[level] as number) + count;
    });
  }
  return counts;
}

function ruleModel(
  r: number,
  counts: Counts,
  observations: Observations,
  estimate: Estimate,
  settings: LinkageSettings,
): RuleModel {
  const prior = estimate.priors[r] as number;
  const own = ownFields(settings);
  const sampledPairs = observations.members.reduce(
    (sum, pattern) => sum + (observations.patterns[pattern]?.rule === r ? 1 : 0),
    0,
  );
  return {
    rule: (settings.rules[r] as LinkageSettings["rules"][number]).name,
    pairs: counts.pairsByRule[r] ?? 0,
    sampledPairs,
    prior,
    priorWeight: Math.log2(prior / (1 - prior)),
    ...(settings.dedupe ? {} : { unclaimed: estimate.unclaimed.ofRule(r) }),
    comparisons: settings.comparisons.map((one, c) => {
      const shares = estimate.shares[r]?.[c] as Shares;
      const weights = estimate.weights[r]?.[c] as Float64Array;
      return {
        field: one.field,
        kind: one.kind,
        own: own[r]?.[c] === true,
        levels: comparisonOf(one).levels.map((level, i) => ({
          label: level.label,
          m: shares.m[i + 1] as number,
          u: shares.u[i + 1] as number,
          weight: weights[i + 1] as number,
        })),
      };
    }),
  };
}
