import { z } from "zod";
import type { FeatureMatrix } from "../trees/feature-matrix.ts";

/** A straight line through features: each feature is centred, scaled and bounded; one that says nothing counts for its mean. Plain JSON. */
export const linearSchema = z.object({
  intercept: z.number(),
  terms: z.array(z.object({ feature: z.number().int(), mean: z.number(), deviation: z.number(), weight: z.number() })),
});

/** See {@link linearSchema}. */
export type Linear = z.infer<typeof linearSchema>;

/** How many deviations from its mean a value counts for at most. */
const deviationsMax = 5;

/** The log-odds that a line gives each row. */
export function linearLogOdds({ intercept, terms }: Linear, { columns, rowCount }: FeatureMatrix): Float64Array {
  const logOdds = new Float64Array(rowCount).fill(intercept);
  for (const { feature, mean, deviation, weight } of terms) {
    const values = columns[feature] as Float64Array;
    for (let row = 0; row < rowCount; row++)
      logOdds[row] = (logOdds[row] as number) + weight * standardised(values[row] as number, mean, deviation);
  }
  return logOdds;
}

/** A value as deviations from the mean, bounded; 0 where there is none. */
export function standardised(value: number, mean: number, deviation: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.max(-deviationsMax, Math.min(deviationsMax, (bounded(value) - mean) / deviation));
}

/** Numbers beyond this say no more, and their squares must stay numbers. */
const valueMax = 1e6;

/** A value within the bounds. */
export function bounded(value: number): number {
  return Math.max(-valueMax, Math.min(valueMax, value));
}
