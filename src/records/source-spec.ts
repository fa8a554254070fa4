import { z } from "zod";
import { fieldKinds } from "./field.ts";

const fieldKindSchema = z.enum(fieldKinds);

const fieldSpecSchema = z.strictObject({
  /** The column the field is made from; several are joined (names) or collected (lists). */
  from: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  kind: fieldKindSchema.optional(),
  list: z.boolean().optional(),
  /** What separates the values of a list within one text, such as `|`. */
  separator: z.string().min(1).optional(),
  /** Texts are taken letter for letter: not trimmed, not normalised, none read as "no value" but the empty one. */
  asWritten: z.boolean().optional(),
  /** The file of a module whose default export makes vectors of the texts; for the kind `embedding`. */
  model: z.string().min(1).optional(),
  /** A constant that every record of the source has, in place of a column. */
  value: z.string().optional(),
});

/**
 * The declaration of one source, as plain data: what `kindred.config.ts`, YAML and JSON hold alike.
 * Whatever is left out is inferred from the data and shown.
 */
export const sourceSchema = z.strictObject({
  /** The name that results carry, unique among the sources. */
  name: z.string().min(1),
  /** A file, a glob, or `-` for standard input. */
  path: z.string().min(1),
  format: z.enum(["csv", "tsv", "json", "jsonl", "parquet", "arrow"]).optional(),
  /** The column of ids; without it a column `id`, else the row number as `row:N`. */
  id: z.string().optional(),
  entityType: z.string().min(1).optional(),
  encoding: z.string().min(1).optional(),
  delimiter: z.string().length(1).optional(),
  /** Fields by canonical name; columns that no field names are inferred as without a config. */
  fields: z.record(z.string(), fieldSpecSchema).optional(),
  /** Columns that are never read into fields. */
  ignore: z.array(z.string()).optional(),
  /** More values that stand for "no value", beside the usual ones; an empty list switches the rule off. */
  placeholders: z.array(z.string()).optional(),
  /** The person-list fields whose names become person records; all of them when left out. */
  people: z.array(z.string()).optional(),
});

/** See {@link sourceSchema}. */
export type SourceSpec = z.infer<typeof sourceSchema>;

/** What a source's configuration may say about one field. */
export type FieldSpec = z.infer<typeof fieldSpecSchema>;

/** The formats that Kindred reads. */
export type SourceFormat = NonNullable<SourceSpec["format"]>;
