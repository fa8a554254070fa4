import { z } from "zod";
import { calibrate, calibrationSchema } from "../calibrate/index.ts";
import type { FeatureMatrix } from "./trees/feature-matrix.ts";
import { logOddsOf } from "./trees/boost.ts";
import { treeSchema } from "./trees/tree.ts";

/**
 * Boosted trees that tell matches from non-matches: several fits whose log-odds are averaged, then calibrated. Plain JSON. Trees
 * name features by their place in `features`.
 */
export const classifierSchema = z.object({
  version: z.literal(1),
  features: z.array(z.string()),
  members: z.array(z.object({ base: z.number(), trees: z.array(treeSchema) })),
  calibration: calibrationSchema,
});

/** See {@link classifierSchema}. */
export type Classifier = z.infer<typeof classifierSchema>;

/** The calibrated weight, log2 of the odds, of each row of features. */
export function classifierWeights({ members, calibration }: Classifier, matrix: FeatureMatrix): Float64Array {
  const sums = new Float64Array(matrix.rowCount);
  for (const member of members) {
    logOddsOf(member, matrix).forEach((logOdds, row) => {
      sums[row] = (sums[row] as number) + logOdds;
    });
  }
  return sums.map((sum) => calibrate(calibration, sum / members.length / Math.LN2));
}
