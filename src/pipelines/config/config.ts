import { z } from "zod";
import { linkageSchema } from "../../linkage/index.ts";
import { sourceSchema } from "../../records/index.ts";
import { projectSchema } from "../project/project-schema.ts";

/** Settings of an entity type, each key as in {@link linkageSchema}; which type and sources it has, its records say. */
const settingsSchema = linkageSchema.omit({ entityType: true, sources: true, fields: true }).partial().strict();

/** Checks a configuration, wherever it was written: TypeScript, YAML or JSON. */
export const configSchema = z.strictObject({
  /** The catalogues, 1 to 9; the order decides which record of a pair is the left one, and settles ties. */
  sources: z.array(sourceSchema).min(1).max(9),
  /** Columns that are never evidence, in any source. */
  ignore: z.array(z.string()).optional(),
  /** Look for duplicates within a source too. One source alone implies it. */
  dedupe: z.boolean().optional(),
  /** No entity holds two records of one source. */
  oneToOne: z.boolean().optional(),
  /** Pairs at or above this probability are matches. Default .5. */
  threshold: z.number().min(0).max(1).optional(),
  /** Pairs from this probability up to the threshold go to review. Default .1. */
  reviewThreshold: z.number().min(0).max(1).optional(),
  /** How often matches of people and of the works that name them speak for each other, 0 for never. Default 2. */
  relatedRounds: z.number().int().min(0).max(5).optional(),
  /** The year the catalogues are of; later release years are taken as 100 years off. */
  asOfYear: z.number().int().optional(),
  /** Into how many shards the pairs are cut. Never changes the result. */
  shards: z.number().int().min(1).max(4096).optional(),
  /** Memory of one task that counts or scores pairs, in MiB: a shard that needs more is cut. Never changes the result. */
  memoryMiB: z.number().int().min(1).max(4096).optional(),
  /** Threads of one such task, on cores of their own. Never changes the result. */
  threads: z.number().int().min(1).max(64).optional(),
  /** Linkage settings by entity type, in place of the inferred ones. */
  linkage: z.record(z.string(), settingsSchema).optional(),
  /** What people do who are named in a role, such as `{ directors: ["film director"] }`, beside the usual ones. */
  occupations: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  /** Labelled pairs that training learns from: CSV of left_source, left_id, right_source, right_id, label. */
  labels: z.string().optional(),
  /** What judges said of pairs: the same with `probability` (or `label`), `judge` and `reason`. */
  verdicts: z.string().optional(),
  /** A published `model.json` to weigh pairs with, in place of training. */
  model: z.string().optional(),
  /** What `kindred calibrate` wrote. */
  calibration: z.string().optional(),
  /** Documents (files, folders, globs) whose claims join the graph, read with the rules. */
  documents: z.array(z.string()).optional(),
  /** Build the graph of the records too. Default true; without it only matches and entities are published. */
  graph: z.boolean().optional(),
  /** What `docs/guide/production.md` describes: read by the commands that it concerns, from `kindred.yaml`. */
  project: projectSchema.optional(),
});

/** The configuration of a linkage: the sources and whatever of the inference is to be overruled. */
export type KindredConfig = z.infer<typeof configSchema>;

/** Types a configuration in `kindred.config.ts`: what is wrong shows in the editor. */
export function defineConfig(config: z.input<typeof configSchema>): z.input<typeof configSchema> {
  return config;
}
