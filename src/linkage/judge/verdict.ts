import { z } from "zod";

const recordSchema = z.object({ source: z.string(), id: z.string() });

/** Checks a verdict read from outside. */
export const verdictSchema = z.object({
  left: recordSchema,
  right: recordSchema,
  /** How likely the judge thinks the two records are the same, had it not known how likely Kindred thinks so. */
  probability: z.number().min(0).max(1),
  /** Who judged: a person, a tool, a model with its version. */
  judge: z.string().min(1),
  reason: z.string().optional(),
});

/** What a judge said of a pair: evidence beside that of its values, and not a decision, which holds whatever else is known. */
export type Verdict = z.infer<typeof verdictSchema>;

/** No judge is surer than one error in a hundred and twenty-eight. */
const weightMax = 7;

/** What a verdict adds to the weight of its pair: log2 of odds. */
export function verdictWeight({ probability }: Verdict): number {
  return Math.min(Math.max(Math.log2(probability / (1 - probability)), -weightMax), weightMax);
}
