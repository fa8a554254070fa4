import { labelDefaults } from "../defaults.ts";
import type { PatternGroup, PatternGroups } from "./pattern-groups.ts";
import type { WeightBelief } from "./weight-belief.ts";

/** A group that a label would teach most of, and how much. */
export interface Informative {
  readonly group: number;
  /** Expected information in nats about the pairs' own answers, added up over pairs by how open they are. */
  readonly gain: number;
}

/**
 * The group in which a label is expected to tell most about all pairs: the mean marginal information gain, each group counted by
 * its pairs and their uncertainty. What was labelled narrows the belief, so that the next question goes elsewhere.
 * D. J. C. MacKay, "Information-Based Objective Functions for Active Data Selection", 1992, section 4.2.
 * @param isOpen whether a group has a pair left to ask about
 */
export function mostInformative(
  { groups }: PatternGroups,
  belief: WeightBelief,
  isOpen: (group: number) => boolean,
): Informative | null {
  const stakes = groups.map((group) => stakeOf(group, belief));
  const weighty = [...groups.keys()].sort((a, b) => (stakes[b] as number) - (stakes[a] as number) || a - b);
  const interest = weighty.slice(0, labelDefaults.groupsMax);
  const variance = new Map(
    interest.map((i) => {
      const group = groups[i] as PatternGroup;
      return [i, belief.covariance(belief.direction(group), group)];
    }),
  );
  let best: Informative | null = null;
  for (const candidate of interest) {
    if (!isOpen(candidate)) continue;
    const gain = gainOf(candidate);
    if (best === null || gain > best.gain) best = { group: candidate, gain };
  }
  return best;

  function gainOf(candidate: number): number {
    const group = groups[candidate] as PatternGroup;
    const direction = belief.direction(group);
    const probability = belief.probability(group);
    // The variance of a label, as it is seen on the scale of weights.
    const spread = (variance.get(candidate) as number) + 1 / Math.max(probability * (1 - probability), 1e-12);
    let gain = 0;
    for (const other of interest) {
      const shared = belief.covariance(direction, groups[other] as PatternGroup);
      const correlation = (shared * shared) / (spread * (variance.get(other) as number));
      gain -= 0.5 * (stakes[other] as number) * Math.log1p(-Math.min(correlation, 1 - 1e-12));
    }
    return gain;
  }
}

function stakeOf(group: PatternGroup, belief: WeightBelief): number {
  const probability = belief.probability(group);
  return group.places.length * probability * (1 - probability);
}
