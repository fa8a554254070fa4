import { z } from "zod";
import { calibrate, calibrationSchema } from "../calibrate/index.ts";
import { linearLogOdds, linearSchema } from "./linear/linear.ts";
import type { FeatureMatrix } from "./trees/feature-matrix.ts";
import { logOddsOf } from "./trees/boost.ts";
import { treeSchema } from "./trees/tree.ts";

/** Boosted trees, and a straight line beside them that few labels settle. Both name features by their place. */
export const memberSchema = z.object({ base: z.number(), trees: z.array(treeSchema), linear: linearSchema });

/** See {@link memberSchema}. */
export type Member = z.infer<typeof memberSchema>;

/** What tells matches from non-matches: several fits whose log-odds are averaged, then calibrated. Plain JSON. */
export const classifierSchema = z.object({
  version: z.literal(2),
  features: z.array(z.string()),
  members: z.array(memberSchema),
  /** How much of the log-odds is the line's; the rest is the trees'. */
  linearShare: z.number().min(0).max(1),
  calibration: calibrationSchema,
});

/** See {@link classifierSchema}. */
export type Classifier = z.infer<typeof classifierSchema>;

/** The log-odds that one fit gives each row. */
export function memberLogOdds(member: Member, linearShare: number, matrix: FeatureMatrix): Float64Array {
  const line = linearLogOdds(member.linear, matrix);
  return logOddsOf(member, matrix).map((logOdds, row) => logOdds + linearShare * ((line[row] as number) - logOdds));
}

/** The calibrated weight, log2 of the odds, of each row of features. */
export function classifierWeights(
  { members, linearShare, calibration }: Classifier,
  matrix: FeatureMatrix,
): Float64Array {
  const sums = new Float64Array(matrix.rowCount);
  for (const member of members) {
    memberLogOdds(member, linearShare, matrix).forEach((logOdds, row) => {
      sums[row] = (sums[row] as number) + logOdds;
    });
  }
  return sums.map((sum) => calibrate(calibration, sum / members.length / Math.LN2));
}
