import { type Interval, wilson } from "../evaluate/interval.ts";

/** A labelled pair as an estimate sees it. */
export interface LabelledPlace {
  /** The stratum that it was drawn from, and the group within it. */
  readonly stratum: number;
  readonly group: number;
  readonly isMatch: boolean;
}

/** How many pairs there are in each group of each stratum. */
export type StratumSizes = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** A share of pairs, estimated from a sample of them. */
export interface EstimatedShare {
  readonly share: number;
  readonly interval: Interval | null;
  /** The share of all pairs that lie in strata with a label: the estimate speaks of those only. */
  readonly covered: number;
}

/**
 * The share of pairs that match, from labels that were not drawn evenly: within a stratum every labelled group counts as its
 * number of pairs, and strata as theirs (post-stratification). The interval is Wilson's over the effective number of labels.
 * L. Kish, "Survey Sampling", 1965, section 11.7.
 */
export function estimateShare(labels: readonly LabelledPlace[], sizes: StratumSizes): EstimatedShare | null {
  const byStratum = Map.groupBy(labels, ({ stratum }) => stratum);
  const total = sum([...sizes.values()].map(sizeOf));
  const covered = sum([...byStratum.keys()].map((stratum) => sizeOf(sizes.get(stratum))));
  if (covered === 0) return null;
  const weighted = [...byStratum].flatMap(([stratum, ofStratum]) => {
    const groups = sizes.get(stratum) ?? new Map<number, number>();
    const byGroup = Map.groupBy(ofStratum, ({ group }) => group);
    const labelled = sum([...byGroup.keys()].map((group) => groups.get(group) ?? 0));
    return [...byGroup].flatMap(([group, ofGroup]) => {
      const each = (sizeOf(groups) * (groups.get(group) ?? 0)) / Math.max(labelled, 1) / ofGroup.length;
      return ofGroup.map(({ isMatch }) => ({ isMatch, each }));
    });
  });
  const all = sum(weighted.map(({ each }) => each));
  if (all === 0) return null;
  const share = sum(weighted.map(({ isMatch, each }) => (isMatch ? each : 0))) / all;
  const effective = all ** 2 / sum(weighted.map(({ each }) => each ** 2));
  return { share, interval: wilson(share * effective, effective), covered: covered / total };
}

function sizeOf(groups: ReadonlyMap<number, number> | undefined): number {
  return sum([...(groups?.values() ?? [])]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
