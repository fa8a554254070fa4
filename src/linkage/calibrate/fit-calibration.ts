import type { Calibration, Knot } from "./calibration.ts";
import { fitWalk } from "./fit-walk.ts";
import { countLabels, type LabelledWeight } from "./label-counts.ts";
import { gridOf, type LabelGrid } from "./label-grid.ts";
import { monotone } from "./monotone.ts";

/** From a map that is as good as straight to one that follows every lump of pairs, in bits within one bit of weight. */
const roughnesses = [0.01, 0.03, 0.1, 0.3, 1, 3];
/** Beyond what was labelled a map rises by this much a bit at least. */
const slopeMin = 0.05;
const emptyKnotPairs = 1e-9;

/**
 * Fits a calibration to labelled pairs: a straight line that may bend, where how freely it bends is left to the labels. Maps of all
 * roughnesses are averaged, each by how likely it makes the labels: a few are followed by a line near to "as it was", many by
 * whatever they show. Without labels it is "as it was".
 */
export function fitCalibration(labelled: readonly LabelledWeight[]): Calibration {
  const counts = countLabels(labelled);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const seen = { pairs: sum(counts.pairs), matches: sum(counts.matches) };
  if (counts.weight.length === 0) return { ...seen, slope: 1, shift: 0, knots: [] };
  const grid = gridOf(counts);
  const { values, slope } = averageWalk(grid);
  const knots = risingKnots(grid, values);
  const first = knots[0] as Knot;
  return { ...seen, slope, shift: first.calibrated - slope * first.weight, knots };
}

/** J. A. Hoeting et al., "Bayesian Model Averaging: A Tutorial", 1999: no roughness is likelier than another before a label is seen. */
function averageWalk(grid: LabelGrid): { values: Float64Array; slope: number } {
  const walks = roughnesses.map((roughness) => fitWalk(grid, roughness));
  const best = Math.max(...walks.map(({ evidence }) => evidence));
  const shares = walks.map(({ evidence }) => Math.exp(evidence - best));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const mean = (of: (walk: (typeof walks)[number]) => number): number =>
    walks.reduce((sum, walk, i) => sum + ((shares[i] as number) / total) * of(walk), 0);
  return {
    values: grid.knots.map((_, i) => mean(({ values }) => values[i] as number)),
    slope: Math.max(
      slopeMin,
      mean(({ slope }) => slope),
    ),
  };
}

/** The values with those that fall pooled: where labels show less for more weight, they cannot tell the weights apart. */
function risingKnots({ knots, pairs }: LabelGrid, values: Float64Array): Knot[] {
  // A knot without pairs must not hold back those that have some.
  const importance = Array.from(pairs, (count) => count + emptyKnotPairs);
  const rising = monotone([...values], importance);
  return Array.from(knots, (weight, i) => ({ weight, calibrated: rising[i] as number, pairs: pairs[i] as number }));
}
