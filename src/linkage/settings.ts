import { z } from "zod";
import { type Field, fieldKinds, identifierSchemeNames } from "../records/index.ts";
import { topKDefaults } from "./defaults.ts";

const fieldSchema = z.object({
  name: z.string().min(1),
  kind: z.enum(fieldKinds),
  list: z.boolean(),
});

/** The ways a field becomes block keys; `blocking/key-makers.ts` holds one for each. */
export const keyMakerNames = [
  "title",
  "baseTitle",
  "titleStart",
  "titleWords",
  "name",
  "lastNameInitial",
  "persons",
  "leadingPersons",
  "year",
  "yearNear",
  "exact",
  "sound",
  "words",
  "text",
  "start",
] as const;

/** Names a way to make keys. */
export type KeyMakerName = (typeof keyMakerNames)[number];

const thresholdsSchema = z
  .array(z.number())
  .min(1)
  .max(13)
  .refine((values) => values.every((value, i) => i === 0 || value > (values[i - 1] as number)), "must ascend");

const comparisonSchema = z.object({
  field: z.string().min(1),
  /** One that `compare/kinds.ts` lists, or that a module of the user's defines. */
  kind: z.string().min(1),
  /** The file of the module that defines the kind; absolute once a configuration is read. */
  module: z.string().min(1).optional(),
  /**
   * Where levels begin: similarities of `jaroWinkler` and `embedding`, at most for `difference` and `coordinates` (km), at least
   * for `intersection`.
   */
  thresholds: thresholdsSchema.optional(),
  /** How letters are read by `exact`, `jaroWinkler` and `intersection`: as written, or each as its lower case. */
  letters: z.enum(["asWritten", "lower"]).optional(),
  /** What an `identifier` is to be read as, such as `isbn`; as written without. */
  scheme: z.enum(identifierSchemeNames).optional(),
});

/** How one field of two records is compared. */
export type ComparisonSettings = z.infer<typeof comparisonSchema>;

const keyPartSchema = z.object({
  field: z.string().min(1),
  maker: z.enum(keyMakerNames),
  /** Letters that `start` takes. */
  length: z.number().int().min(1).max(64).optional(),
  /** How letters are read by `text` and `start`: as written, or each as its lower case. */
  letters: z.enum(["asWritten", "lower"]).optional(),
});

/** A part of a blocking rule: how a field becomes keys. */
export type KeyPart = z.infer<typeof keyPartSchema>;

const topKSchema = z.strictObject({
  /** The fields whose texts are looked up, each among its own tokens. */
  fields: z.array(z.string().min(1)).min(1).max(4),
  /** Candidates that a record gets of each source to its right. */
  k: z.number().int().min(1).max(50).default(topKDefaults.k),
  /** What texts are cut into: words, or runs of `q` characters. */
  tokens: z.enum(["words", "qgrams"]).default("words"),
  q: z.number().int().min(2).max(8).default(topKDefaults.q),
  /** The least cosine of a candidate. */
  scoreMin: z.number().min(0).max(1).default(topKDefaults.scoreMin),
  /** A token of more records of a source than this is not looked up. */
  postingsMax: z.number().int().min(1).max(1_000_000).default(topKDefaults.postingsMax),
});

/** How the records are found that are most alike in the tokens of a few fields. */
export type TopKSettings = z.infer<typeof topKSchema>;

const ruleSchema = z
  .object({
    name: z.string().min(1),
    /** Records that share a value of every part at once are candidate pairs. */
    keys: z.array(keyPartSchema).max(4).default([]),
    /** In place of keys: each record and the few that are most like it are candidate pairs. */
    topK: topKSchema.optional(),
  })
  .refine(({ keys, topK }) => (topK === undefined) !== (keys.length === 0), "needs either keys or topK");

/** A blocking rule, which makes candidate pairs: by keys that two records share, or by `topK`, what is most alike. */
export type BlockingRule = z.infer<typeof ruleSchema>;

const trustedSchema = z.strictObject({
  field: z.string().min(1),
  /** Two values of it never are one entity. Without, so it is for EIDRs, IMDb ids and ORCIDs, of which one work or person has one. */
  onePerEntity: z.boolean().optional(),
  /** A value that more records of one source have is not trusted. Default 4. */
  recordsMax: z.number().int().min(1).max(1000).optional(),
});

/** An identifier that links records outright. */
export type TrustedIdentifier = z.infer<typeof trustedSchema>;

/** Checks linkage settings that come from outside; {@link LinkageSettings} is what passes. */
export const linkageSchema = z.object({
  entityType: z.string().min(1),
  /** The sources by name, in the order that decides which record of a pair is the left one. */
  sources: z.array(z.string().min(1)).min(1).max(9),
  fields: z.array(fieldSchema),
  /** The field that says film, series, season or episode; null when there is none. */
  levelField: z.string().nullable(),
  comparisons: z.array(comparisonSchema).max(12),
  /** A pair belongs to the first that makes it; those with `topK` come last, wherever they are written. */
  rules: z.array(ruleSchema).max(16),
  /** Identifiers whose equality makes a match, whatever else differs, unless a rule forbids it. */
  trusted: z.array(trustedSchema).max(4),
  /** Records with two values of one of these fields never share an entity. */
  cannotLink: z.array(z.strictObject({ field: z.string().min(1) })).max(4),
  /** Pairs within a source are candidates too. */
  dedupe: z.boolean(),
  /** No entity holds two records of one source, and no record two matches in another source. */
  oneToOne: z.boolean(),
  /** Pairs at or above this probability match. */
  threshold: z.number().min(0).max(1),
  /** Pairs from here up to the threshold are kept for review. */
  reviewThreshold: z.number().min(0).max(1),
  /** Pairs below this weight (log2 odds) are not written at all. */
  keepWeight: z.number(),
  /** Blocks that would make more pairs are split by another field; what nothing splits is left out of its rule, and named. */
  blockPairsMax: z.number().int().positive(),
  /** About how many pairs the model is trained on. */
  samplePairs: z.number().int().positive(),
  seed: z.number().int(),
});

/** Everything that decides a linkage of one entity type; plain data, readable, inferred or configured. */
export type LinkageSettings = Omit<z.infer<typeof linkageSchema>, "fields"> & { readonly fields: readonly Field[] };
