/** Weights and what was true of them, pairs of one weight put together; weights ascend. */
export interface LabelCounts {
  readonly weight: Float64Array;
  readonly pairs: Float64Array;
  readonly matches: Float64Array;
}

/** How far, as standard deviations, slope and shift may be thought to be from 1 and 0 before a label is seen. */
const slopeSpread = 0.5;
const shiftSpread = 2;
const slopeMin = 0.05;
/** A weight beyond this is as good as certain, and would alone decide the slope. */
const weightLimit = 15;
const stepsMax = 50;

/**
 * The straight line from weights to weights that labelled pairs make likeliest, pulled towards "as it was" where there are
 * few: J. Platt, "Probabilistic Outputs for Support Vector Machines", 1999, with a normal prior, by Newton's method.
 */
export function fitLine(counts: LabelCounts): { slope: number; shift: number } {
  let [slope, shift] = [1, 0];
  let loss = lossOf(counts, slope, shift);
  for (let step = 0; step < stepsMax; step++) {
    const { gradient, curvature } = slopesOfLoss(counts, slope, shift);
    const [[a, b], [, c]] = curvature;
    const determinant = a * c - b * b;
    const down = [
      (c * gradient[0] - b * gradient[1]) / determinant,
      (a * gradient[1] - b * gradient[0]) / determinant,
    ] as const;
    let length = 1;
    let next = loss;
    for (; length > 1e-6; length /= 2) {
      next = lossOf(counts, slope - length * down[0], shift - length * down[1]);
      if (next <= loss) break;
    }
    if (!(next < loss - 1e-12)) break;
    [slope, shift, loss] = [slope - length * down[0], shift - length * down[1], next];
  }
  return { slope: Math.max(slope, slopeMin), shift };
}

/** The natural logarithm of the odds that a line gives a weight. */
function logOdds(weight: number, slope: number, shift: number): number {
  return (slope * clipped(weight) + shift) * Math.LN2;
}

function clipped(weight: number): number {
  return Math.min(Math.max(weight, -weightLimit), weightLimit);
}

function lossOf({ weight, pairs, matches }: LabelCounts, slope: number, shift: number): number {
  let loss = ((slope - 1) / slopeSpread) ** 2 / 2 + (shift / shiftSpread) ** 2 / 2;
  weight.forEach((one, i) => {
    const odds = logOdds(one, slope, shift);
    const certain = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)));
    loss += (pairs[i] as number) * certain - (matches[i] as number) * odds;
  });
  return loss;
}

function slopesOfLoss(
  { weight, pairs, matches }: LabelCounts,
  slope: number,
  shift: number,
): { gradient: [number, number]; curvature: [[number, number], [number, number]] } {
  const gradient: [number, number] = [(slope - 1) / slopeSpread ** 2, shift / shiftSpread ** 2];
  let [a, b, c] = [1 / slopeSpread ** 2, 0, 1 / shiftSpread ** 2];
  weight.forEach((one, i) => {
    const probability = 1 / (1 + Math.exp(-logOdds(one, slope, shift)));
    const off = ((pairs[i] as number) * probability - (matches[i] as number)) * Math.LN2;
    const bend = (pairs[i] as number) * probability * (1 - probability) * Math.LN2 ** 2;
    const at = clipped(one);
    gradient[0] += off * at;
    gradient[1] += off;
    a += bend * at * at;
    b += bend * at;
    c += bend;
  });
  return {
    gradient,
    curvature: [
      [a, b],
      [b, c],
    ],
  };
}
