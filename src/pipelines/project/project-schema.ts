import { z } from "zod";
import { isPlainName, plainNameWords } from "../../flow/index.ts";

const name = z.string().refine(isPlainName, plainNameWords);

/** Ceilings of what runs may use. */
const ceilingsSchema = z.strictObject({
  /** CPU time of all tasks, in hours. */
  cpuHours: z.number().min(0).optional(),
  /** Memory of the largest task. */
  memoryMiB: z.number().min(0).optional(),
  tasks: z.number().int().min(0).optional(),
  /** Tokens of language models. */
  modelTokens: z.number().int().min(0).optional(),
  /** In the currency that tasks report. */
  money: z.number().min(0).optional(),
});

/** Ceilings of several runs together: of those of so many days, or of all there were. */
const sharedCeilingsSchema = ceilingsSchema.extend({ days: z.number().int().min(1).max(3660).optional() });

/** A project: what it demands of production, what its runs may use, and how long what they leave is kept. */
export const projectSchema = z.strictObject({
  name: name.optional(),
  /** By data set. */
  dataSets: z
    .record(
      name,
      z.strictObject({
        /** Bounds of figures, such as `minMatches: 1000` or `maxMatchesLost: 20`. */
        gates: z.record(z.string().regex(/^(min|max)[A-Z]\w*$/, "min or max and a figure"), z.number()).default({}),
        /** Labelled pairs or clusters, for the figures precision, recall and f1. */
        truth: z.string().optional(),
      }),
    )
    .default({}),
  budgets: z
    .strictObject({
      run: ceilingsSchema.optional(),
      branch: sharedCeilingsSchema.optional(),
      project: sharedCeilingsSchema.optional(),
    })
    .default({}),
  /** What `kindred gc` keeps. */
  retention: z
    .strictObject({
      /** Runs after their end, versions of data sets after another took their place. */
      keep: z
        .string()
        .regex(/^\d{1,6}[smhd]$/, "a time such as 30d or 12h")
        .optional(),
      /** The newest runs of each flow and namespace that are done, however old. */
      keepRuns: z.number().int().min(1).max(100_000).optional(),
      /** Versions of each data set that production keeps for a rollback; all of them when it is left out. */
      productionVersions: z.number().int().min(2).max(100_000).optional(),
    })
    .default({}),
});

/** A project, checked. */
export type Project = z.infer<typeof projectSchema>;
