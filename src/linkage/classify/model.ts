import { z } from "zod";
import { calibrationSchema } from "../calibrate/index.ts";
import { linkageSchema } from "../settings.ts";

const levelSchema = z.object({
  label: z.string(),
  /** Share of matches at this level, where both values are there. */
  m: z.number(),
  /** Share of other candidate pairs at this level. */
  u: z.number(),
  /** log2(m / u), kept monotone and within the bounds of the level. */
  weight: z.number(),
});

const comparisonModelSchema = z.object({
  field: z.string(),
  kind: z.string(),
  /** True when the rule's own keys are made of this field, so that m and u belong to the rule alone. */
  own: z.boolean(),
  levels: z.array(levelSchema),
});

const unclaimedSchema = z.object({
  source: z.string(),
  other: z.string(),
  /** The field by whose levels the shares differ; null where there is one share for all pairs. */
  field: z.string().nullable(),
  /** Of the rule's pairs that do not match, the share whose record of `source` has no match in `other`, by level from null on. */
  shares: z.array(z.number().positive().max(1)).min(1),
});

const ruleModelSchema = z.object({
  rule: z.string(),
  /** Candidate pairs of the rule; of all rules together a pair is counted under the first that makes it. */
  pairs: z.number(),
  sampledPairs: z.number(),
  /** Share of the rule's pairs that are matches, and its log2 odds. */
  prior: z.number(),
  priorWeight: z.number(),
  /** Where sources are free of duplicates: what it says that nothing surer competes with a pair. */
  unclaimed: z.array(unclaimedSchema).optional(),
  comparisons: z.array(comparisonModelSchema),
});

/** Checks a model read from outside. */
export const modelSchema = z.object({
  kind: z.literal("kindred-linkage-model"),
  version: z.literal(1),
  settings: linkageSchema,
  recordCountBySource: z.record(z.string(), z.number()),
  iterations: z.number(),
  rules: z.array(ruleModelSchema),
  /** What labelled pairs taught of the weights that rules, comparisons and competition give; absent without labels. */
  calibration: calibrationSchema.optional(),
});

/** A trained linkage of one entity type: plain, readable JSON that holds all that scoring needs besides frequencies. */
export type Model = z.infer<typeof modelSchema>;

/** What a model says of the pairs of one rule. */
export type RuleModel = z.infer<typeof ruleModelSchema>;

/** The probability that a weight (log2 of the posterior odds) stands for. */
export function probabilityOf(weight: number): number {
  if (weight > 60) return 1;
  const odds = 2 ** weight;
  return odds / (1 + odds);
}

/** The weight of a probability; the inverse of {@link probabilityOf}. */
export function weightOf(probability: number): number {
  return Math.log2(probability / (1 - probability));
}
