import fc from "fast-check";
import { expect, test } from "vitest";
import { solveBordered } from "./solve-bordered.ts";

const number = fc.double({ min: -3, max: 3, noNaN: true });
const systems = fc.integer({ min: 1, max: 8 }).chain((size) => {
  const row = fc.array(number, { minLength: size, maxLength: size });
  return fc.record({ next: row, border: row, right: row, rightLast: number });
});

/** The whole matrix; its diagonal outweighs the rest, so that it is positive definite. */
function whole(next: readonly number[], border: readonly number[]): number[][] {
  const size = next.length;
  const matrix = Array.from({ length: size + 1 }, () => new Array<number>(size + 1).fill(0));
  const put = (i: number, j: number, value: number): void => {
    (matrix[i] as number[])[j] = value;
    (matrix[j] as number[])[i] = value;
  };
  for (let i = 0; i + 1 < size; i++) put(i, i + 1, next[i] as number);
  border.forEach((value, i) => {
    put(i, size, value);
  });
  matrix.forEach((row, i) => {
    row[i] = row.reduce((sum, value) => sum + Math.abs(value), 1);
  });
  return matrix;
}

/** By elimination without any regard to zeros. */
function logDeterminant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let sum = 0;
  rows.forEach((row, i) => {
    sum += Math.log(row[i] as number);
    for (const other of rows.slice(i + 1)) {
      const factor = (other[i] as number) / (row[i] as number);
      row.forEach((value, j) => {
        other[j] = (other[j] as number) - factor * value;
      });
    }
  });
  return sum;
}

test("the solution put into the whole matrix gives the right side, and the pivots its determinant", () => {
  fc.assert(
    fc.property(systems, ({ next, border, right, rightLast }) => {
      const matrix = whole(next, border);
      const size = next.length;
      const bordered = {
        diagonal: Float64Array.from(next, (_, i) => matrix[i]?.[i] as number),
        next: Float64Array.from(next),
        border: Float64Array.from(border),
        corner: matrix[size]?.[size] as number,
      };
      const { x, last, logPivots } = solveBordered(bordered, Float64Array.from(right), rightLast);
      const solution = [...x, last];
      matrix.forEach((row, i) => {
        const found = row.reduce((sum, value, j) => sum + value * (solution[j] as number), 0);
        expect(found).toBeCloseTo([...right, rightLast][i] as number, 9);
      });
      expect(logPivots).toBeCloseTo(logDeterminant(matrix), 9);
    }),
    { seed: 92, numRuns: 300 },
  );
});
