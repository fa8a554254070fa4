import { z } from "zod";
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

const ruleModelSchema = z.object({
  rule: z.string(),
  /** Candidate pairs of the rule; of all rules together a pair is counted under the first that makes it. */
  pairs: z.number(),
  sampledPairs: z.number(),
  /** Share of the rule's pairs that are matches, and its log2 odds. */
  prior: z.number(),
  priorWeight: z.number(),
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
