import { z } from "zod";

/** The version of the folder format; a graph of another version is refused, to be built anew. */
export const graphFormatVersion = 1;

/** The files of a graph folder. */
export const graphFiles = {
  manifest: "graph.json",
  entities: "entities.arrow",
  members: "members.arrow",
  claims: "claims.arrow",
  provenance: "provenance.arrow",
  passages: "passages.arrow",
  texts: "texts.jsonl",
  tokens: "tokens.arrow",
  unresolved: "unresolved.jsonl",
} as const;

const count = z.number().int().nonnegative();

const relationTypeSchema = z.object({
  name: z.string(),
  label: z.string(),
  doc: z.string(),
  domain: z.array(z.string()),
  range: z.union([z.array(z.string()), z.enum(["text", "year", "date", "number"])]),
  cardinality: z.enum(["one", "many"]),
});

const ontologySchema = z.object({
  name: z.string(),
  version: z.string(),
  entityTypes: z.array(z.object({ name: z.string(), label: z.string(), doc: z.string(), broader: z.string().optional() })),
  relationTypes: z.array(relationTypeSchema),
});

/** Checks `graph.json`. */
export const manifestSchema = z.object({
  formatVersion: z.number().int(),
  ontology: ontologySchema,
  /** Source names in the order that settled ties. */
  sources: z.array(z.string()),
  counts: z.object({
    entities: count,
    members: count,
    claims: count,
    provenance: count,
    unresolved: count,
    entitiesByType: z.record(z.string(), count),
    claimsByRelation: z.record(z.string(), count),
    /** Claims that the ontology does not allow, by relation: left out. */
    rejectedByRelation: z.record(z.string(), count),
  }),
});

/** What a graph folder holds: counts, sources, ontology, format. */
export type GraphManifest = z.infer<typeof manifestSchema>;
