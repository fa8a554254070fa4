import { type ErrorJson, errorToJson, isKindredError, KindredError } from "../base/index.ts";
import {
  type CardinalityConflict,
  type Claim,
  cardinalityConflicts,
  type DocumentProvenance,
  type Ontology,
} from "../ontology/index.ts";
import { assertDocuments, type Document } from "./documents/document.ts";
import type { ExtractionContext, Extractor, RejectedClaim } from "./extractor.ts";
import { type Gazetteer, makeGazetteer } from "./gazetteer.ts";
import { type OnSpent, type TokenBudget, TokenLedger, type Usage } from "./token-ledger.ts";
import { makeVerifier } from "./verify-claim.ts";

/** What {@link extractClaims} needs. */
export interface ExtractionRequest {
  readonly documents: readonly Document[];
  readonly ontology: Ontology;
  readonly extractor: Extractor;
  /** Titles and names known already; none by default. */
  readonly gazetteer?: Gazetteer;
  /** How many tokens this call may pay for; without one there is no limit. */
  readonly budget?: TokenBudget;
  /** In a step of a flow its `spend`, so that the run's budgets count what models cost. */
  readonly onSpent?: OnSpent;
  readonly signal?: AbortSignal;
  /** Called after each document, in the order they end. */
  readonly onDocument?: (done: number, total: number) => void;
}

/** A document that could not be read by the extractor; the others went on. */
export interface DocumentError {
  readonly document: string;
  readonly error: ErrorJson;
}

/** Everything that came out of a call, in the order of the documents and of the passages in them. */
export interface ExtractionResult {
  /** Verified; each with one {@link DocumentProvenance}. */
  readonly claims: readonly Claim[];
  readonly rejected: readonly RejectedClaim[];
  readonly conflicts: readonly CardinalityConflict[];
  readonly errors: readonly DocumentError[];
  readonly usage: Usage;
}

interface DocumentResult {
  readonly claims: readonly Claim[];
  readonly rejected: readonly RejectedClaim[];
  readonly error?: DocumentError;
}

/** The errors that concern every document and so stop the call. */
const stoppingCodes = new Set(["budget-spent", "model-missing", "interrupted"]);

/**
 * Turns documents into claims: every candidate of the extractor is verified, and what fails is kept with its reason.
 * The same documents and settings give the same result, whatever the concurrency. One bad document is listed in
 * `errors` and does not stop the others.
 * @throws budget-spent (run again to go on), model-missing (no model, no key, no connection), interrupted, and what
 * documents can be refused for
 */
export async function extractClaims(request: ExtractionRequest): Promise<ExtractionResult> {
  assertDocuments(request.documents);
  const tokens = new TokenLedger(request.budget, request.onSpent);
  const context: ExtractionContext = {
    gazetteer: request.gazetteer ?? makeGazetteer([]),
    tokens,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  };
  const results = await inOrder(request, (document) => extractFromDocument(document, request, context));
  const claims = results.flatMap((result) => result.claims);
  return {
    claims,
    rejected: results.flatMap((result) => result.rejected),
    conflicts: cardinalityConflicts(request.ontology, claims),
    errors: results.flatMap((result) => result.error ?? []),
    usage: tokens.usage,
  };
}

/** Works on a few documents at once; what is under way ends before an error is thrown, so paid answers are kept. */
async function inOrder(
  { documents, extractor, signal, onDocument }: ExtractionRequest,
  extract: (document: Document) => Promise<DocumentResult>,
): Promise<DocumentResult[]> {
  const results: DocumentResult[] = new Array(documents.length);
  let next = 0;
  let done = 0;
  let stopped: { error: unknown } | undefined;
  const work = async (): Promise<void> => {
    while (stopped === undefined && next < documents.length) {
      const index = next++;
      try {
        if (signal?.aborted) throw new KindredError("interrupted", { seen: "the extraction was interrupted" });
        results[index] = await extract(documents[index] as Document);
        onDocument?.(++done, documents.length);
      } catch (error) {
        stopped ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(extractor.concurrency, documents.length) }, work));
  if (stopped !== undefined) throw stopped.error;
  return results;
}

async function extractFromDocument(
  document: Document,
  { ontology, extractor }: ExtractionRequest,
  context: ExtractionContext,
): Promise<DocumentResult> {
  try {
    const { candidates, rejected } = await extractor.extract(document, ontology, context);
    const labelled = rejected.map((part) => ({ document: document.id, extractor: extractor.name, ...part }));
    return verifyAll(document, ontology, extractor, candidates, labelled);
  } catch (error) {
    if (isKindredError(error) && stoppingCodes.has(error.code)) throw error;
    // Without the stack, which would differ from machine to machine.
    const { stack: _stack, ...plain } = errorToJson(error);
    return { claims: [], rejected: [], error: { document: document.id, error: plain } };
  }
}

function verifyAll(
  document: Document,
  ontology: Ontology,
  extractor: Extractor,
  candidates: Awaited<ReturnType<Extractor["extract"]>>["candidates"],
  rejectedBefore: readonly RejectedClaim[],
): DocumentResult {
  const verify = makeVerifier(document, ontology, extractor);
  const claims: Claim[] = [];
  const rejected = [...rejectedBefore];
  for (const candidate of candidates) {
    const verdict = verify(candidate);
    if ("claim" in verdict) {
      claims.push(verdict.claim);
      continue;
    }
    rejected.push({
      document: document.id,
      extractor: extractor.name,
      reason: verdict.reason,
      detail: verdict.detail,
      relation: candidate.relation,
      subject: candidate.subject.surface,
      object: candidate.object.surface,
      quote: candidate.quote,
    });
  }
  return { claims: claims.sort((a, b) => startOf(a) - startOf(b)), rejected };
}

function startOf(claim: Claim): number {
  return (claim.provenance[0] as DocumentProvenance).startByte;
}
