import { z } from "zod";

const recordSchema = z.object({ source: z.string(), id: z.string() });

/** Checks a decision read from outside. */
export const decisionSchema = z.object({
  kind: z.enum(["same", "different"]),
  left: recordSchema,
  right: recordSchema,
});

/** What a person said of two records; it holds in every later run, also through other records. */
export type Decision = z.infer<typeof decisionSchema>;
