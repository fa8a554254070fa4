import type { Classifier } from "./classifier.ts";
import { standardised } from "./linear/linear.ts";
import type { FeatureMatrix } from "./trees/feature-matrix.ts";
import { childOf, type Tree } from "./trees/tree.ts";

/** What one feature adds to the weight of a pair. */
export interface Contribution {
  readonly feature: string;
  /** The pair's value; NaN where the feature says nothing. */
  readonly value: number;
  /** In log2 of odds, before calibration. */
  readonly weight: number;
}

/**
 * What each feature adds to the weight of one row, the strongest first: along the path through each tree, every split adds
 * what it changes of the expected value, and the line adds what it makes of the value. With what the trees start from and the
 * line's intercept they sum to the weight before calibration.
 * A. Saabas, "Interpreting random forests", 2014 (treeinterpreter).
 */
export function contributionsOf(
  { members, features, linearShare }: Classifier,
  matrix: FeatureMatrix,
  row: number,
): Contribution[] {
  const featureValue = (feature: number): number => (matrix.columns[feature] as Float64Array)[row] as number;
  const sums = new Map<number, number>();
  const add = (feature: number, logOdds: number): void => {
    sums.set(feature, (sums.get(feature) ?? 0) + logOdds);
  };
  for (const { trees, linear } of members) {
    for (const tree of trees)
      addPath(tree, featureValue, (feature, change) => add(feature, (1 - linearShare) * change));
    for (const { feature, mean, deviation, weight } of linear.terms)
      add(feature, linearShare * weight * standardised(featureValue(feature), mean, deviation));
  }
  return [...sums]
    .map(([feature, sum]) => ({
      feature: features[feature] as string,
      value: featureValue(feature),
      weight: sum / members.length / Math.LN2,
    }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.feature < b.feature ? -1 : 1));
}

function addPath(
  tree: Tree,
  featureValue: (feature: number) => number,
  add: (feature: number, logOdds: number) => void,
): void {
  let node = 0;
  while ((tree.feature[node] as number) >= 0) {
    const feature = tree.feature[node] as number;
    const child = childOf(tree, node, featureValue(feature));
    add(feature, (tree.value[child] as number) - (tree.value[node] as number));
    node = child;
  }
}

/** How much the trees' splits by each feature lowered the loss, as shares of one, the most first. */
export function importanceOf({ members, features }: Classifier): { feature: string; share: number }[] {
  const sums = new Float64Array(features.length);
  for (const tree of members.flatMap((member) => member.trees)) {
    tree.feature.forEach((feature, node) => {
      if (feature >= 0) sums[feature] = (sums[feature] as number) + (tree.gain[node] as number);
    });
  }
  const total = sums.reduce((sum, gain) => sum + gain, 0);
  return features
    .map((feature, i) => ({ feature, share: total === 0 ? 0 : (sums[i] as number) / total }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || (a.feature < b.feature ? -1 : 1));
}
