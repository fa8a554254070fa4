import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../base/index.ts";
import type { LabelledRows } from "../trees/boost.ts";
import { fitLinear } from "./fit-linear.ts";
import { linearLogOdds } from "./linear.ts";
import { solvePositive } from "./solve-positive.ts";

function rowsOf(count: number, seed: number): LabelledRows {
  const random = seededRandom(seed);
  const columns = [0, 1, 2].map(() =>
    Float64Array.from({ length: count }, () => (random.integer(9) === 0 ? Number.NaN : random.next() * 4 - 2)),
  );
  const logOdds = (row: number): number => 2 * (columns[0]?.[row] || 0) - (columns[1]?.[row] || 0) + 0.5;
  const labels = Uint8Array.from({ length: count }, (_, row) =>
    Number(random.next() < 1 / (1 + Math.exp(-logOdds(row)))),
  );
  return {
    matrix: { names: ["a", "b", "c"], rowCount: count, columns },
    labels,
    keys: Float64Array.from(labels.keys()),
  };
}

test("at the fitted line the penalised loss is flat: residuals by a feature are its weight times the penalty", () => {
  for (const [seed, penalty] of [
    [1, 10],
    [2, 1],
    [3, 100],
  ] as const) {
    const rows = rowsOf(400, seed);
    const line = fitLinear(rows, penalty);
    const residuals = linearLogOdds(line, rows.matrix).map(
      (one, row) => (rows.labels[row] as number) - 1 / (1 + Math.exp(-one)),
    );
    for (const { feature, mean, deviation, weight } of line.terms) {
      const sum = residuals.reduce((total, residual, row) => {
        const value = rows.matrix.columns[feature]?.[row] as number;
        return total + (Number.isNaN(value) ? 0 : (residual * (value - mean)) / deviation);
      }, 0);
      expect(sum).toBeCloseTo(penalty * weight, 3);
    }
  }
});

test("finds the directions that labels were drawn by", () => {
  const [a, b, c] = fitLinear(rowsOf(4000, 5), 1).terms.map(({ weight, deviation }) => weight / deviation);
  expect(a).toBeCloseTo(2, 0);
  expect(b).toBeCloseTo(-1, 0);
  expect(Math.abs(c as number)).toBeLessThan(0.2);
});

test("the order of rows changes no bit", () => {
  const rows = rowsOf(200, 7);
  const turned: LabelledRows = {
    matrix: { ...rows.matrix, columns: rows.matrix.columns.map((column) => column.toReversed()) },
    labels: rows.labels.toReversed(),
    keys: rows.keys.toReversed(),
  };
  expect(fitLinear(turned, 10)).toEqual(fitLinear(rows, 10));
});

test("labels of one kind, infinite values and columns that never vary give finite numbers", () => {
  const odd = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e300, 0, 3];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...odd), fc.boolean()), { minLength: 1, maxLength: 30 }), (drawn) => {
      const columns = [Float64Array.from(drawn, ([value]) => value), new Float64Array(drawn.length).fill(2)];
      const matrix = { names: ["odd", "same"], rowCount: drawn.length, columns };
      for (const label of [(one: boolean) => Number(one), () => 0, () => 1]) {
        const labels = Uint8Array.from(drawn, ([, one]) => label(one));
        const line = fitLinear({ matrix, labels, keys: Float64Array.from(drawn.keys()) }, 10);
        for (const logOdds of linearLogOdds(line, matrix)) expect(Number.isFinite(logOdds)).toBe(true);
      }
    }),
    { seed: 12, numRuns: 200 },
  );
});

test("solves what it is given", () => {
  const x = solvePositive(
    [Float64Array.of(4), Float64Array.of(2, 5), Float64Array.of(0, 1, 3)],
    Float64Array.of(8, 15, 11),
  );
  expect([...x].map((one) => Number(one.toFixed(9)))).toEqual([1, 2, 3]);
});
