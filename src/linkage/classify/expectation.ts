import { trainingDefaults } from "../defaults.ts";
import type { LinkageSettings } from "../settings.ts";
import type { LabelledPattern } from "./labelled.ts";
import type { Observations } from "./observations.ts";
import { emptyTally, type Shares, type Tally } from "./parameters.ts";
import { type UnclaimedShares, UnclaimedTally } from "./unclaimed.ts";

/** What training believes between two rounds. */
export interface Estimate {
  readonly shares: Shares[][];
  readonly weights: Float64Array[][];
  /** Share of matches, by rule. */
  readonly priors: number[];
  readonly tally: Tally;
  readonly unclaimed: UnclaimedShares;
}

/** What is expected of the observed pairs under an estimate. */
export type Expected = Pick<Estimate, "tally" | "priors" | "unclaimed">;

/**
 * The expected matches of each pattern, added up by level, and what follows for priors and unclaimed records. In a group of
 * candidates at most one matches: each has its odds against all others and against none. Labelled pairs count as what they
 * are: K. Nigam et al., "Text Classification from Labeled and Unlabeled Documents using EM", 2000.
 */
export function expectMatches(
  observations: Observations,
  labelled: readonly LabelledPattern[],
  estimate: Estimate,
  settings: LinkageSettings,
): Expected {
  const sums = new Map<number, WaySums>();
  const odds = patternOdds(observations, estimate);
  const { starts, members, ways } = observations;
  for (let group = 0; group + 1 < starts.length; group++) {
    const way = ways[group] as number;
    let ofWay = sums.get(way);
    if (ofWay === undefined) {
      ofWay = new WaySums(observations, odds, estimate.unclaimed, way);
      sums.set(way, ofWay);
    }
    ofWay.addGroup(members, starts[group] as number, starts[group + 1] as number);
  }
  const expected = putTogether(observations, sums, settings);
  addLabels(expected.tally, labelled);
  return expected;
}

/** What labelled pairs show needs no expectation; how many match of those that somebody chose to label says nothing. */
function addLabels(tally: Tally, labelled: readonly LabelledPattern[]): void {
  for (const { rule, levels, match } of labelled) {
    levels.forEach((level, c) => {
      const counts = (match ? tally.match : tally.nonMatch)[rule]?.[c] as Float64Array;
      addTo(counts, level, trainingDefaults.labelPairs);
    });
  }
}

/** Sums over the groups of one way between sources, by pattern. */
class WaySums {
  readonly #odds: Float64Array;
  readonly matches: Float64Array;
  readonly seen: Float64Array;
  /** Pairs that do not match and whose record has no other match either. */
  readonly free: Float64Array;

  constructor({ patterns }: Observations, odds: Float64Array, unclaimed: UnclaimedShares, way: number) {
    this.#odds = odds.map((one, i) => one / unclaimed.share(patterns[i] as (typeof patterns)[number], way));
    this.matches = new Float64Array(patterns.length);
    this.seen = new Float64Array(patterns.length);
    this.free = new Float64Array(patterns.length);
  }

  addGroup(members: Int32Array, from: number, to: number): void {
    const odds = this.#odds;
    let total = 1;
    for (let i = from; i < to; i++) total += odds[members[i] as number] as number;
    const none = 1 / total;
    for (let i = from; i < to; i++) {
      const pattern = members[i] as number;
      this.matches[pattern] = (this.matches[pattern] as number) + (odds[pattern] as number) * none;
      this.seen[pattern] = (this.seen[pattern] as number) + 1;
      this.free[pattern] = (this.free[pattern] as number) + none;
    }
  }
}

function patternOdds(observations: Observations, estimate: Estimate): Float64Array {
  return Float64Array.from(observations.patterns, ({ rule, levels }) => {
    const prior = estimate.priors[rule] as number;
    const weights = estimate.weights[rule] as Float64Array[];
    let weight = Math.log2(prior / (1 - prior));
    levels.forEach((level, c) => {
      weight += (weights[c] as Float64Array)[level] as number;
    });
    return 2 ** Math.min(weight, 60);
  });
}

function putTogether(
  { patterns }: Observations,
  sums: ReadonlyMap<number, WaySums>,
  settings: LinkageSettings,
): Expected {
  const tally = emptyTally(settings);
  const unclaimed = new UnclaimedTally(settings);
  const { priorMean, priorPairs } = trainingDefaults;
  const found = settings.rules.map(() => priorMean * priorPairs);
  const total = settings.rules.map(() => priorPairs as number);
  // Ways ascend, so that the order in which they were met leaves no trace in the sums.
  for (const [way, { matches, seen, free }] of [...sums].sort(([a], [b]) => a - b)) {
    patterns.forEach((pattern, i) => {
      const { rule, levels } = pattern;
      const match = matches[i] as number;
      const rest = (seen[i] as number) - match;
      found[rule] = (found[rule] as number) + match;
      total[rule] = (total[rule] as number) + (seen[i] as number);
      unclaimed.add(pattern, way, rest, free[i] as number);
      levels.forEach((level, c) => {
        addTo(tally.match[rule]?.[c] as Float64Array, level, match);
        addTo(tally.nonMatch[rule]?.[c] as Float64Array, level, rest);
      });
    });
  }
  const priors = found.map((count, rule) => Math.min(Math.max(count / (total[rule] as number), 1e-6), 0.99));
  return { tally, priors, unclaimed: unclaimed.shares() };
}

function addTo(counts: Float64Array, level: number, count: number): void {
  counts[level] = (counts[level] as number) + count;
}
