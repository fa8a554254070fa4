import type { Ontology } from "../../ontology/index.ts";
import type { Document } from "../documents/document.ts";
import type { CandidateClaim, Extraction } from "../extractor.ts";
import { alignToDocument } from "./align.ts";
import { type AnsweredClaim, answeredClaimSchema, maxClaimsInAnswer } from "./answer-schema.ts";
import type { ModelAnswer } from "./model-answer.ts";

/** How sure a model's claim is once verified. An estimate, not calibrated. */
const modelConfidence = 0.7;

type RejectedPart = Extraction["rejected"][number];

/**
 * Reads a model's answer into candidates. An answer that is not JSON is one rejection; a claim that does not fit the
 * schema is a rejection of its own and leaves the others alone. Never throws.
 */
export function readAnswer(answer: ModelAnswer, document: Document, ontology: Ontology): Extraction {
  const claims = claimsOf(answer);
  if (!Array.isArray(claims)) return { candidates: [], rejected: [claims] };
  const schema = answeredClaimSchema(ontology);
  const candidates: CandidateClaim[] = [];
  const rejected: RejectedPart[] = [];
  for (const claim of claims.slice(0, maxClaimsInAnswer)) {
    const result = schema.safeParse(claim);
    if (result.success) {
      candidates.push(candidateOf(result.data, document));
      continue;
    }
    const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "the claim"}: ${issue.message}`);
    rejected.push({ reason: "malformed-answer", detail: problems.join("; "), ...quoteOf(claim) });
  }
  if (claims.length > maxClaimsInAnswer) {
    const detail = `the answer has ${claims.length} claims; those after the first ${maxClaimsInAnswer} were not read`;
    rejected.push({ reason: "malformed-answer", detail });
  }
  return { candidates, rejected };
}

function claimsOf({ text, finishReason }: ModelAnswer): unknown[] | RejectedPart {
  const malformed = (why: string): RejectedPart => ({
    reason: "malformed-answer",
    detail: `${why}${finishReason === "length" ? "; it was cut off, so raise maxOutputTokens" : ""}: ${text.slice(0, 200)}`,
  });
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(text);
  try {
    const answer: unknown = JSON.parse(fenced?.[1] ?? text);
    const claims = (answer as { claims?: unknown } | null)?.claims;
    return Array.isArray(claims) ? claims : malformed("the answer has no list of claims");
  } catch {
    return malformed("the answer is not JSON");
  }
}

function candidateOf({ quote, subject, relation, object }: AnsweredClaim, document: Document): CandidateClaim {
  const aligned = alignToDocument(quote, document.text, document.bodyStart ?? 0);
  const surfaceOf = (text: string) => alignToDocument(text, aligned, 0);
  const mention = ({ text, type, year }: AnsweredClaim["subject"]) => ({
    entityType: type,
    surface: surfaceOf(text),
    ...(year === null ? {} : { year }),
  });
  return {
    subject: mention(subject),
    relation,
    object: isLiteralType(object.type) ? { surface: surfaceOf(object.text) } : mention(object),
    quote: aligned,
    confidence: modelConfidence,
  };
}

function isLiteralType(type: string): boolean {
  return type === "text" || type === "year" || type === "date" || type === "number";
}

function quoteOf(claim: unknown): { quote?: string } {
  const quote = (claim as { quote?: unknown } | null)?.quote;
  return typeof quote === "string" ? { quote: quote.slice(0, 1000) } : {};
}
