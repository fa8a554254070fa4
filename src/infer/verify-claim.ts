import { stableJson } from "../base/index.ts";
import { type Claim, checkClaim, type Mention, type Ontology, relationTypeOf } from "../ontology/index.ts";
import { byteOffsetsOf } from "./byte-offsets.ts";
import type { Document } from "./documents/document.ts";
import type { CandidateClaim, CandidateMention, Extractor, RejectionReason } from "./extractor.ts";
import { readLiteral } from "./read-literal.ts";
import { indexOfWords, isStandIn, nameOfSurface } from "./surface.ts";

/** The longest quote, in UTF-16 units: a passage that says one thing is shorter. */
export const maxQuoteLength = 1000;

/** A candidate after verification: a claim, or the reason why not. */
export type Verdict = { readonly claim: Claim } | { readonly reason: RejectionReason; readonly detail: string };

type Rejection = Extract<Verdict, { reason: RejectionReason }>;

/**
 * Makes the verifier of one document, the same for every extractor. A candidate becomes a claim only if its quote stands
 * in the document byte for byte, the quote holds the subject's and the object's own words, the ontology allows the
 * statement, and the document has not made it before. Names and values are made from the document's characters, so
 * an extractor cannot put in what is not written there.
 */
export function makeVerifier(
  document: Document,
  ontology: Ontology,
  extractor: Pick<Extractor, "name" | "model">,
): (candidate: CandidateClaim) => Verdict {
  const seen = new Set<string>();
  const byteOffset = byteOffsetsOf(document.text);
  return (candidate) => {
    const start = findQuote(document, candidate);
    if (typeof start !== "number") return start;
    const parts = statementOf(document, ontology, candidate);
    if ("reason" in parts) return parts;
    const key = stableJson(parts);
    if (seen.has(key)) return { reason: "duplicate", detail: "this document has made the same claim before" };
    const claim: Claim = {
      ...parts,
      rank: "normal",
      confidence: Math.min(1, Math.max(0, candidate.confidence)),
      provenance: [
        {
          kind: "document",
          document: document.id,
          startByte: byteOffset(start),
          endByte: byteOffset(start + candidate.quote.length),
          quote: candidate.quote,
          extractor: extractor.name,
          ...(extractor.model === undefined ? {} : { model: extractor.model }),
        },
      ],
    };
    const problem = checkClaim(ontology, claim)[0];
    if (problem !== undefined) return { reason: problem.kind, detail: problem.message };
    seen.add(key);
    return { claim };
  };
}

function findQuote(document: Document, { quote, start }: CandidateClaim): number | Rejection {
  if (quote.length > maxQuoteLength) {
    return { reason: "quote-too-long", detail: `the quote has ${quote.length} characters; at most ${maxQuoteLength}` };
  }
  const body = document.bodyStart ?? 0;
  // A quote that is cut inside a surrogate pair has no bytes of its own.
  if (quote.trim() !== "" && quote.isWellFormed()) {
    if (start !== undefined && start >= body && document.text.startsWith(quote, start)) return start;
    const found = document.text.indexOf(quote, body);
    if (found !== -1) return found;
  }
  return { reason: "quote-not-found", detail: "the quote does not stand in the document byte for byte" };
}

type Statement = Pick<Claim, "subject" | "relation" | "object">;

function statementOf(document: Document, ontology: Ontology, candidate: CandidateClaim): Statement | Rejection {
  const relation = relationTypeOf(ontology, candidate.relation);
  if (relation === undefined) {
    const detail = `"${candidate.relation}" is no relation type of ${ontology.name}`;
    return { reason: "unknown-relation", detail };
  }
  const subject = mentionOf(document, candidate.subject, candidate.quote, "subject-not-in-quote");
  if ("reason" in subject) return subject;
  const { object } = candidate;
  if ("entityType" in object) {
    const mention = mentionOf(document, object, candidate.quote, "object-not-in-quote");
    if ("reason" in mention) return mention;
    if (!isSameThing(subject, mention)) return { subject, relation: relation.name, object: mention };
    return { reason: "subject-is-object", detail: `"${subject.name}" would be ${relation.label} itself` };
  }
  if (indexOfWords(candidate.quote, object.surface) === -1) return notInQuote("object-not-in-quote", object.surface);
  const value = typeof relation.range === "string" ? readLiteral(relation.range, object.surface) : object.surface;
  if (value !== undefined) return { subject, relation: relation.name, object: { kind: "literal", value } };
  return { reason: "literal-form", detail: `"${object.surface}" states no ${relation.range}` };
}

function mentionOf(
  document: Document,
  { entityType, surface, year }: CandidateMention,
  quote: string,
  missing: "subject-not-in-quote" | "object-not-in-quote",
): Mention | Rejection {
  const name = nameOfSurface(surface);
  if (name === "" || (isStandIn(name) && !isMarkedTitle(quote, surface))) {
    return { reason: "not-a-name", detail: `"${name}" stands for a name but is none` };
  }
  if (!surface.isWellFormed() || indexOfWords(quote, surface) === -1) return notInQuote(missing, surface);
  if (year === undefined) return { kind: "mention", entityType, name };
  if (isYearWritten(document, quote, surface, year)) return { kind: "mention", entityType, name, year };
  const detail = `the year ${year} of "${name}" is neither in the quote nor beside the name in the document`;
  return { reason: "year-not-in-document", detail };
}

function notInQuote(reason: "subject-not-in-quote" | "object-not-in-quote", surface: string): Rejection {
  return { reason, detail: `"${nameOfSurface(surface)}" does not stand in the quote` };
}

/** "It" between quotation marks or asterisks is a film, outside of them a pronoun. */
function isMarkedTitle(quote: string, surface: string): boolean {
  return ["**", "__", '""', "“”"].some((marks) => quote.includes(`${marks[0]}${surface}${marks[1]}`));
}

/** A year may stand in the quote, beside the name anywhere in the document, as in *Alien* (1979), or in its hint. */
function isYearWritten(document: Document, quote: string, surface: string, year: number): boolean {
  if (indexOfWords(quote, String(year)) !== -1) return true;
  if (document.about?.year === year && document.about.name === nameOfSurface(surface)) return true;
  const name = nameOfSurface(surface)
    .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
    .replaceAll(" ", "\\s+");
  return new RegExp(`${name}[*_"”]{0,2}\\s*\\(${year}\\b[^()]{0,20}\\)`, "u").test(document.text);
}

/** A film may be based on a novel of its own name, so the type must be the same too; and no year may tell them apart. */
function isSameThing(a: Mention, b: Mention): boolean {
  if (a.name !== b.name || a.entityType !== b.entityType) return false;
  return a.year === undefined || b.year === undefined || a.year === b.year;
}
