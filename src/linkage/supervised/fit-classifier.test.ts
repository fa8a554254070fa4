import { expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { classifierWeights } from "./classifier.ts";
import { fitClassifier, type TrainingRows } from "./fit-classifier.ts";

function rowsOf(count: number, label: (i: number, telling: number) => boolean, groups = count): TrainingRows {
  const random = seededRandom(count);
  const columns = [0, 1, 2].map(() => Float64Array.from({ length: count }, () => random.next()));
  const labels = Uint8Array.from({ length: count }, (_, i) => Number(label(i, columns[0]?.[i] as number)));
  return {
    matrix: { names: ["a", "b", "c"], rowCount: count, columns },
    labels,
    keys: Float64Array.from(labels.keys()),
    groups: Array.from(labels.keys(), (i) => String(i % groups)),
  };
}

const probability = (weight: number): number => 1 / (1 + 2 ** -weight);

test("where nothing can be learnt, every pair has about the share of matches", () => {
  const rows = rowsOf(600, (i) => i % 4 === 0);
  const { classifier } = fitClassifier(rows);
  const probabilities = classifierWeights(classifier, rows.matrix).map(probability);
  expect(Math.min(...probabilities)).toBeGreaterThan(0.1);
  expect(Math.max(...probabilities)).toBeLessThan(0.45);
});

test("what is said of a row comes from fits that have not seen its group", () => {
  // Groups of equal rows, whose labels change from one value to the next: who has seen the group knows, who has not cannot.
  const rows = rowsOf(600, (i) => (i % 60) % 2 === 1, 60);
  const columns = [Float64Array.from({ length: 600 }, (_, i) => i % 60)];
  const { unseen } = fitClassifier({ ...rows, matrix: { names: ["a"], rowCount: 600, columns } });
  const right = unseen.reduce((sum, weight, i) => sum + Number(weight > 0 === (rows.labels[i] === 1)), 0);
  expect(right / 600).toBeLessThan(0.6);
});

test("what is said of rows aside is calibrated, by other rows", () => {
  const rows = rowsOf(2000, (i, telling) => (i * 7919) % 100 < 100 * telling);
  const { unseen } = fitClassifier(rows);
  const expected = unseen.reduce((sum, weight) => sum + probability(weight), 0);
  const matches = rows.labels.reduce((sum, label) => sum + label, 0);
  expect(Math.abs(expected - matches) / 2000).toBeLessThan(0.01);
});

test.each([2, 3, 7, 20])("%i labelled pairs are enough to give an answer", (count) => {
  const rows = rowsOf(count, (i) => i === 0);
  const { classifier, unseen } = fitClassifier(rows);
  for (const weight of [...classifierWeights(classifier, rows.matrix), ...unseen]) expect(weight).not.toBeNaN();
});

test("the line counts for more where labels are few, and never for all", () => {
  const shares = [20, 1_000, 3_000].map(
    (count) => fitClassifier(rowsOf(count, (i) => i % 3 === 0)).classifier.linearShare,
  );
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares[0]).toBeLessThan(1);
  expect(shares[2]).toBeLessThan(shares[1] as number);
});
