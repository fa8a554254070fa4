import { expect, test } from "vitest";
import { contributionsOf, importanceOf } from "./contributions.ts";
import { memberLogOdds } from "./classifier.ts";
import { fitClassifier } from "./fit-classifier.ts";
import { seededRandom } from "../../base/index.ts";

function fitted() {
  const random = seededRandom(4);
  const columns = [0, 1].map(() => Float64Array.from({ length: 400 }, () => random.next()));
  const labels = Uint8Array.from(columns[0] as Float64Array, (value) => Number(value > 0.6));
  const matrix = { names: ["telling", "noise"], rowCount: 400, columns };
  const keys = Float64Array.from(labels.keys());
  return { matrix, classifier: fitClassifier({ matrix, labels, keys, groups: Array.from(keys, String) }).classifier };
}

test("what features contribute adds up to what trees and line say", () => {
  const { matrix, classifier } = fitted();
  for (const row of [0, 1, 17, 399]) {
    const { members, linearShare } = classifier;
    const starts = members.map(
      ({ base, trees, linear }) =>
        (1 - linearShare) * trees.reduce((sum, tree) => sum + (tree.value[0] as number), base) +
        linearShare * linear.intercept,
    );
    const start = starts.reduce((sum, value) => sum + value, 0) / members.length / Math.LN2;
    const sum = contributionsOf(classifier, matrix, row).reduce((total, { weight }) => total + weight, start);
    const weights = members.map((member) => memberLogOdds(member, linearShare, matrix)[row] as number);
    expect(sum).toBeCloseTo(weights.reduce((total, one) => total + one, 0) / weights.length / Math.LN2, 9);
  }
});

test("a feature that tells is the most important, and first among the reasons", () => {
  const { matrix, classifier } = fitted();
  expect(importanceOf(classifier)[0]?.feature).toBe("telling");
  expect(contributionsOf(classifier, matrix, 3)[0]?.feature).toBe("telling");
});
