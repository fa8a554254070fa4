import { judgeMap, type LabelGrid } from "./label-grid.ts";
import { solveBordered } from "./solve-bordered.ts";
import { type Moves, priorOf, strayLoss, wholeSlope } from "./walk-prior.ts";

const stepsMax = 60;
const stepMin = 1e-6;
/** A loss that falls by less has reached its ground. */
const fallMin = 1e-10;

/** The likeliest map for one roughness. */
export interface Walk {
  /** Its values at the knots, log2 of odds. */
  readonly values: Float64Array;
  /** The slope of the straight line that it walks about. */
  readonly slope: number;
  /** The natural logarithm of how likely the labels are by the roughness, whatever the map: Laplace's estimate. */
  readonly evidence: number;
}

/**
 * The likeliest map by labels if maps are a straight line plus a random walk of this roughness: a Gaussian process with a linear and a
 * Wiener kernel, by Newton's and Laplace's methods. C. E. Rasmussen, C. K. I. Williams, "Gaussian Processes for Machine
 * Learning", 2006, sections 3.4 and 5.5.
 */
export function fitWalk(grid: LabelGrid, roughness: number): Walk {
  const prior = priorOf(grid, roughness);
  const valuesOf = ({ moved }: Moves): Float64Array => grid.knots.map((knot, i) => knot + (moved[i] as number));
  const lossOf = (moves: Moves): number => judgeMap(grid, valuesOf(moves)).loss + strayLoss(prior, moves);
  let at: Moves = { tilt: 0, moved: new Float64Array(grid.knots.length) };
  let loss = lossOf(at);
  let logPivots = 0;
  for (let step = 0; step < stepsMax; step++) {
    const { matrix, right, rightLast } = wholeSlope(prior, at, judgeMap(grid, valuesOf(at)));
    const solved = solveBordered(matrix, right, rightLast);
    logPivots = solved.logPivots;
    const next = stepDown(at, { tilt: solved.last, moved: solved.x }, loss, lossOf);
    if (!(next.loss < loss - fallMin)) break;
    [at, loss] = [next.moves, next.loss];
  }
  const evidence = (prior.logPivots - logPivots) / 2 - loss;
  return { values: valuesOf(at), slope: 1 + at.tilt, evidence };
}

/** As much of a Newton step as does not raise the loss. */
function stepDown(
  from: Moves,
  down: Moves,
  loss: number,
  lossOf: (moves: Moves) => number,
): { moves: Moves; loss: number } {
  for (let length = 1; length > stepMin; length /= 2) {
    const moved = from.moved.map((move, i) => move - length * (down.moved[i] as number));
    const moves = { tilt: from.tilt - length * down.tilt, moved };
    const reached = lossOf(moves);
    if (reached <= loss) return { moves, loss: reached };
  }
  return { moves: from, loss };
}
