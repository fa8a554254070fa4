import { z } from "zod";
import { ontologySchema } from "../../ontology/index.ts";

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
