import type { LabelCounts } from "./label-counts.ts";

/** Bits from knot to knot. */
const knotDistance = 0.25;
/** A weight beyond this is as good as certain. */
const weightLimit = 15;

/** Labels laid over evenly spaced knots, between which a map is straight. */
export interface LabelGrid {
  /** Weights of the knots, ascending; two at least. */
  readonly knots: Float64Array;
  /** Labelled pairs about each knot: one in between counts for both neighbours, by nearness. */
  readonly pairs: Float64Array;
  /** By weight: the knot below it, and how far it is towards the next, 0 to 1. */
  readonly below: Int32Array;
  readonly share: Float64Array;
  readonly counts: LabelCounts;
}

/** How labels judge a map given by its values at the knots. */
export interface Judged {
  /** The negative logarithm of how likely the labels are. */
  readonly loss: number;
  /** Its first derivatives by the values, and its second ones: those of each value, and of each with the next. */
  readonly slope: Float64Array;
  readonly bend: Float64Array;
  readonly bendNext: Float64Array;
}

/** Knots from the lowest to the highest labelled weight, of which there must be one. */
export function gridOf(counts: LabelCounts): LabelGrid {
  const clipped = counts.weight.map((weight) => Math.min(Math.max(weight, -weightLimit), weightLimit));
  const first = Math.floor((clipped[0] as number) / knotDistance);
  const last = Math.max(first + 1, Math.ceil((clipped.at(-1) as number) / knotDistance));
  const knots = Float64Array.from({ length: last - first + 1 }, (_, i) => (first + i) * knotDistance);
  const place = clipped.map((weight) => weight / knotDistance - first);
  const below = Int32Array.from(place, (one) => Math.min(Math.floor(one), knots.length - 2));
  const share = place.map((one, i) => one - (below[i] as number));
  const pairs = new Float64Array(knots.length);
  below.forEach((at, i) => {
    const count = counts.pairs[i] as number;
    add(pairs, at, count * (1 - (share[i] as number)));
    add(pairs, at + 1, count * (share[i] as number));
  });
  return { knots, pairs, below, share, counts };
}

/** Judges the map whose values at the knots, log2 of odds, are these. */
export function judgeMap({ knots, below, share, counts }: LabelGrid, values: Float64Array): Judged {
  let loss = 0;
  const slope = new Float64Array(knots.length);
  const bend = new Float64Array(knots.length);
  const bendNext = new Float64Array(knots.length);
  below.forEach((at, i) => {
    const [right, pairs, matches] = [share[i] as number, counts.pairs[i] as number, counts.matches[i] as number];
    const left = 1 - right;
    const logOdds = (left * (values[at] as number) + right * (values[at + 1] as number)) * Math.LN2;
    const probability = 1 / (1 + Math.exp(-logOdds));
    loss += pairs * (Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds)))) - matches * logOdds;
    const off = (pairs * probability - matches) * Math.LN2;
    const doubt = pairs * probability * (1 - probability) * Math.LN2 ** 2;
    add(slope, at, off * left);
    add(slope, at + 1, off * right);
    add(bend, at, doubt * left * left);
    add(bend, at + 1, doubt * right * right);
    add(bendNext, at, doubt * left * right);
  });
  return { loss, slope, bend, bendNext };
}

/** Adds to one of the numbers. */
export function add(to: Float64Array, at: number, what: number): void {
  to[at] = (to[at] as number) + what;
}
