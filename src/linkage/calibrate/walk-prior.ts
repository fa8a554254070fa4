import { add, type Judged, type LabelGrid } from "./label-grid.ts";
import type { Bordered } from "./solve-bordered.ts";

/** How far, as standard deviations, slope and shift may be thought to be from 1 and 0 before a label is seen. */
const slopeSpread = 0.5;
const shiftSpread = 2;

/** A slope beyond 1, and how far each knot is moved: what is fitted. */
export interface Moves {
  readonly tilt: number;
  readonly moved: Float64Array;
}

/** What is thought of maps before a label is seen, as precisions (one over variance). */
export interface WalkPrior {
  /** The knot nearest to even odds, where the walk starts from the line. */
  readonly anchor: number;
  /** Its weight, and bits from knot to knot. */
  readonly middle: number;
  readonly distance: number;
  readonly tilt: number;
  readonly shift: number;
  /** Of how a step from knot to knot differs from the line's. */
  readonly step: number;
  /** The logarithm of the determinant of all of it. */
  readonly logPivots: number;
}

/** A line near to "as it was", and a walk that strays from it by `roughness` bits (standard deviation) within one bit of weight. */
export function priorOf({ knots }: LabelGrid, roughness: number): WalkPrior {
  let anchor = 0;
  knots.forEach((knot, i) => {
    if (Math.abs(knot) < Math.abs(knots[anchor] as number)) anchor = i;
  });
  const distance = (knots[1] as number) - (knots[0] as number);
  const [tilt, shift, step] = [1 / slopeSpread ** 2, 1 / shiftSpread ** 2, 1 / (roughness ** 2 * distance)];
  const logPivots = Math.log(tilt) + Math.log(shift) + (knots.length - 1) * Math.log(step);
  return { anchor, middle: knots[anchor] as number, distance, tilt, shift, step, logPivots };
}

/** How unlikely such moves were thought: half the squares by which they stray, each times its precision. */
export function strayLoss(prior: WalkPrior, moves: Moves): number {
  const { shift, steps } = strayed(prior, moves);
  const squares = steps.reduce((sum, one) => sum + one * one, 0);
  return (prior.tilt * moves.tilt ** 2 + prior.shift * shift ** 2 + prior.step * squares) / 2;
}

/** The derivatives of labels' and prior's loss together: what Newton's method solves, the tilt in the full row. */
export function wholeSlope(
  prior: WalkPrior,
  moves: Moves,
  { slope, bend, bendNext }: Judged,
): { matrix: Bordered; right: Float64Array; rightLast: number } {
  const { anchor, middle, distance } = prior;
  const { shift, steps } = strayed(prior, moves);
  const [diagonal, next, right] = [Float64Array.from(bend), Float64Array.from(bendNext), Float64Array.from(slope)];
  const border = new Float64Array(diagonal.length);
  add(right, anchor, prior.shift * shift);
  add(diagonal, anchor, prior.shift);
  add(border, anchor, -prior.shift * middle);
  let rightLast = prior.tilt * moves.tilt - prior.shift * shift * middle;
  steps.forEach((step, i) => {
    const pull = prior.step * step;
    add(right, i, -pull);
    add(right, i + 1, pull);
    add(diagonal, i, prior.step);
    add(diagonal, i + 1, prior.step);
    add(next, i, -prior.step);
    add(border, i, prior.step * distance);
    add(border, i + 1, -prior.step * distance);
    rightLast -= pull * distance;
  });
  const corner = prior.tilt + prior.shift * middle ** 2 + steps.length * prior.step * distance ** 2;
  return { matrix: { diagonal, next, border, corner }, right, rightLast };
}

/** How far the anchor is from the line, and each step from the line's. */
function strayed(
  { anchor, middle, distance }: WalkPrior,
  { tilt, moved }: Moves,
): { shift: number; steps: Float64Array } {
  const steps = moved.subarray(1).map((move, i) => move - (moved[i] as number) - tilt * distance);
  return { shift: (moved[anchor] as number) - tilt * middle, steps };
}
