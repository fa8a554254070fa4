import { z } from "zod";
import { literalTypes, type Ontology } from "../../ontology/index.ts";

/** The most claims read from one answer. */
export const maxClaimsInAnswer = 500;

/** One claim as a model gives it. */
export interface AnsweredClaim {
  readonly quote: string;
  readonly subject: { readonly text: string; readonly type: string; readonly year: number | null };
  readonly relation: string;
  readonly object: { readonly text: string; readonly type: string; readonly year: number | null };
}

/** The shape of one claim in an answer, made from the ontology: only its relations and types can be named. */
export function answeredClaimSchema(ontology: Ontology): z.ZodType<AnsweredClaim> {
  const entityTypes = ontology.entityTypes.map(({ name }) => name);
  const year = z.int().nullable().describe("the year of a work, if the document writes it, else null");
  const text = z.string().min(1);
  return z.object({
    quote: text.describe("the passage that says so, copied character by character"),
    subject: z.object({ text: text.describe("the name as the quote writes it"), type: z.enum(entityTypes), year }),
    relation: z.enum(ontology.relationTypes.map(({ name }) => name)),
    object: z.object({
      text: text.describe("the name or value as the quote writes it"),
      type: z.enum([...new Set([...entityTypes, ...literalTypes])]),
      year,
    }),
  });
}

/** The JSON schema of a whole answer: `{claims: [...]}`. */
export function answerJsonSchema(ontology: Ontology): Readonly<Record<string, unknown>> {
  const { $schema: _version, ...schema } = z.toJSONSchema(z.object({ claims: z.array(answeredClaimSchema(ontology)) }));
  return schema;
}
