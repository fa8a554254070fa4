import { z } from "zod";

/** Checks a calibration read from outside. */
export const calibrationSchema = z.object({
  /** Labelled pairs it was fitted to, and how many of them match. */
  pairs: z.number(),
  matches: z.number(),
  /** The slope beyond its knots; without knots `slope * weight + shift` is the whole map. */
  slope: z.number().positive(),
  shift: z.number(),
  /** What weights become, ascending in both; straight in between. */
  knots: z.array(z.object({ weight: z.number(), calibrated: z.number(), pairs: z.number() })),
});

/**
 * A map from weights (log2 of odds) as a model gives them to weights whose probabilities are what labelled pairs show. It
 * never falls: it moves where the threshold is and may make weights equal, but turns no two around. Plain JSON.
 */
export type Calibration = z.infer<typeof calibrationSchema>;

/** The calibrated weight of a weight: log2 of odds, as it was. */
export function calibrate({ slope, shift, knots }: Calibration, weight: number): number {
  const first = knots[0];
  const last = knots.at(-1);
  if (first === undefined || last === undefined) return slope * weight + shift;
  if (weight <= first.weight) return first.calibrated + slope * (weight - first.weight);
  if (weight >= last.weight) return last.calibrated + slope * (weight - last.weight);
  const above = knots.findIndex((knot) => knot.weight > weight);
  const [from, to] = [knots[above - 1] as Knot, knots[above] as Knot];
  const share = (weight - from.weight) / (to.weight - from.weight);
  return from.calibrated + share * (to.calibrated - from.calibrated);
}

/** One knot of a calibration. */
export type Knot = Calibration["knots"][number];
