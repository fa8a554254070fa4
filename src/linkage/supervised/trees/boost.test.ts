import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../base/index.ts";
import { type BoostedTrees, boostTrees, type LabelledRows, logOddsOf, lossOf } from "./boost.ts";
import { matrixRows } from "./feature-matrix.ts";
import type { BoostSettings } from "./settings.ts";

const settings: BoostSettings = {
  roundsMax: 20,
  patience: 5,
  learningRate: 0.3,
  leavesMax: 8,
  depthMax: 4,
  leafRowsMin: 1,
  leafHessianMin: 0,
  leafPenalty: 1,
  gainMin: 0,
  rowShare: 1,
  featureShare: 1,
  seed: 1,
};

/** Rows of which the label depends on the sum of two features, with noise; every seventh value is missing. */
function madeRows(count: number, seed: number): LabelledRows {
  const random = seededRandom(seed);
  const values = () =>
    Float64Array.from({ length: count }, () => (random.integer(7) === 0 ? Number.NaN : random.next()));
  const [a, b, noise] = [values(), values(), values()];
  const labels = Uint8Array.from(a, (one, i) => Number((one || 0.3) + (b[i] || 0.3) + random.next() * 0.2 > 1.1));
  const matrix = { names: ["a", "b", "noise"], rowCount: count, columns: [a, b, noise] };
  return { matrix, labels, keys: Float64Array.from({ length: count }, (_, i) => i) };
}

function rowsAt({ matrix, labels, keys }: LabelledRows, order: readonly number[]): LabelledRows {
  const rows = Int32Array.from(order);
  const pick = (values: ArrayLike<number>) => Array.from(rows, (row) => values[row] as number);
  return {
    matrix: matrixRows(matrix, rows),
    labels: Uint8Array.from(pick(labels)),
    keys: Float64Array.from(pick(keys)),
  };
}

/** The loss that the best single split saves, by trying every one. */
function bestGainByTrial({ matrix, labels }: LabelledRows, leafPenalty: number): number {
  const share = (labels.reduce((sum, label) => sum + label, 0) + 0.5) / (labels.length + 1);
  const score = (rows: readonly number[]): number => {
    const gradient = rows.reduce((sum, row) => sum + share - (labels[row] as number), 0);
    return gradient ** 2 / (rows.length * share * (1 - share) + leafPenalty);
  };
  const all = Array.from(labels.keys());
  let best = 0;
  for (const column of matrix.columns) {
    for (const threshold of column) {
      for (const missingLeft of [true, false]) {
        const goesLeft = (row: number) =>
          Number.isNaN(column[row]) ? missingLeft : (column[row] as number) <= threshold;
        const [left, right] = [all.filter(goesLeft), all.filter((row) => !goesLeft(row))];
        if (left.length > 0 && right.length > 0) best = Math.max(best, score(left) + score(right) - score(all));
      }
    }
  }
  return best;
}

describe("boosted trees", () => {
  test("split first where trying every split finds the most to gain", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 60 }), fc.nat(), (count, seed) => {
        const rows = madeRows(count, seed);
        const { trees } = boostTrees(rows, null, { ...settings, roundsMax: 1, leavesMax: 2 });
        expect(trees[0]?.gain[0]).toBeCloseTo(bestGainByTrial(rows, settings.leafPenalty), 5);
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  test("never raise the loss on the rows they learn from", () => {
    const rows = madeRows(300, 3);
    const { base, trees } = boostTrees(rows, null, settings);
    const losses = trees.map((_, i) =>
      lossOf(logOddsOf({ base, trees: trees.slice(0, i + 1) }, rows.matrix), rows.labels),
    );
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 2);
  });

  test("are the same to the last bit whatever the order of rows, rows and features drawn", () => {
    const drawing = { ...settings, rowShare: 0.7, featureShare: 0.6 };
    const [rows, aside] = [madeRows(120, 5), madeRows(60, 6)];
    const expected = boostTrees(rows, aside, drawing);
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows.labels.keys()], { minLength: 120 }), (order) => {
        const shuffledAside = rowsAt(
          aside,
          order.filter((row) => row < 60),
        );
        expect(boostTrees(rowsAt(rows, order), shuffledAside, drawing)).toEqual(expected);
      }),
      { numRuns: 20, seed: 12 },
    );
  });

  test("learn which way rows without a value go", () => {
    const a = Float64Array.from({ length: 80 }, (_, i) => (i % 4 === 0 ? Number.NaN : i % 2));
    const labels = Uint8Array.from(a, (value) => Number(Number.isNaN(value) || value === 1));
    const rows = { matrix: { names: ["a"], rowCount: 80, columns: [a] }, labels, keys: Float64Array.from(a.keys()) };
    const [missing, low, high] = logOddsOf(boostTrees(rows, null, settings), {
      names: ["a"],
      rowCount: 3,
      columns: [Float64Array.of(Number.NaN, 0, 1)],
    });
    expect(missing).toBe(high);
    expect(low).toBeLessThan(-1);
    expect(high).toBeGreaterThan(1);
  });

  test("part rows that have a value from those that have none, where that is all there is to tell", () => {
    const a = Float64Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? Number.NaN : i === 1 ? Infinity : i));
    const labels = Uint8Array.from(a, (value) => Number(Number.isNaN(value)));
    const matrix = { names: ["a"], rowCount: 60, columns: [a] };
    const model = boostTrees({ matrix, labels, keys: Float64Array.from(a.keys()) }, null, settings);
    expect(model.trees[0]?.feature).toHaveLength(3);
    expect([...logOddsOf(model, matrix)].map((logOdds) => Number(logOdds > 0))).toEqual([...labels]);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  test("say the share of matches where no feature tells anything", () => {
    const columns = [new Float64Array(40).fill(7), new Float64Array(40).fill(Number.NaN)];
    const labels = Uint8Array.from({ length: 40 }, (_, i) => Number(i < 10));
    const matrix = { names: ["constant", "empty"], rowCount: 40, columns };
    const model = boostTrees({ matrix, labels, keys: Float64Array.from(labels.keys()) }, null, settings);
    expect(model.trees.every((tree) => tree.feature.length === 1)).toBe(true);
    for (const logOdds of logOddsOf(model, matrix)) expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(0.25, 1);
  });

  test("keep the rounds up to the lowest loss on the rows set aside", () => {
    const [rows, aside] = [madeRows(80, 8), madeRows(80, 9)];
    const kept = boostTrees(rows, aside, { ...settings, roundsMax: 60, patience: 60 });
    const all = boostTrees(rows, null, { ...settings, roundsMax: 60 });
    const lossAt = (count: number) =>
      lossOf(logOddsOf({ ...all, trees: all.trees.slice(0, count) }, aside.matrix), aside.labels);
    const losses = Array.from({ length: 61 }, (_, count) => lossAt(count));
    expect(kept.trees.length).toBe(losses.indexOf(Math.min(...losses)));
    expect(kept.trees.length).toBeLessThan(60);
  });

  test("take infinite values and values that differ in the last bit", () => {
    const values = Float64Array.of(-Infinity, -1, 0, Number.MIN_VALUE, 1, 1 + Number.EPSILON, 1e308, Infinity);
    const labels = Uint8Array.of(0, 0, 0, 1, 0, 1, 0, 1);
    const matrix = { names: ["a"], rowCount: 8, columns: [values] };
    const keys = Float64Array.from(labels.keys());
    const model: BoostedTrees = boostTrees({ matrix, labels, keys }, null, {
      ...settings,
      roundsMax: 200,
      leafPenalty: 0.1,
    });
    const found = logOddsOf(model, matrix).map((logOdds) => Number(logOdds > 0));
    expect([...found]).toEqual([...labels]);
  });
});
