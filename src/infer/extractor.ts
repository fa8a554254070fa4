import type { Ontology } from "../ontology/index.ts";
import type { Document } from "./documents/document.ts";
import type { Gazetteer } from "./gazetteer.ts";
import type { TokenLedger } from "./token-ledger.ts";

/** A thing named in a document, as an extractor saw it. */
export interface CandidateMention {
  readonly entityType: string;
  /** The name exactly as the document writes it, line breaks included; the claim's name is made from it. */
  readonly surface: string;
  readonly year?: number;
}

/** A plain value in a document; the verifier reads the value from these very characters. */
export interface CandidateLiteral {
  readonly surface: string;
}

/** What an extractor believes a document says: nothing of it is trusted until it is verified. */
export interface CandidateClaim {
  readonly subject: CandidateMention;
  readonly relation: string;
  readonly object: CandidateMention | CandidateLiteral;
  /** The passage that says so, byte for byte as in the document. */
  readonly quote: string;
  /** Where the extractor saw the quote, in UTF-16 units of the text; a hint where a passage occurs twice. */
  readonly start?: number;
  /** Between 0 and 1. */
  readonly confidence: number;
}

/** Why something an extractor saw did not become a claim: a closed set. */
export type RejectionReason =
  | "quote-not-found"
  | "quote-too-long"
  | "subject-not-in-quote"
  | "object-not-in-quote"
  | "not-a-name"
  | "year-not-in-document"
  | "subject-is-object"
  | "unknown-relation"
  | "unknown-type"
  | "domain-violation"
  | "range-violation"
  | "literal-form"
  | "duplicate"
  | "subject-unresolved"
  | "negated"
  | "hypothetical"
  | "malformed-answer";

/** Something that did not become a claim, kept with its reason. */
export interface RejectedClaim {
  readonly document: string;
  readonly extractor: string;
  readonly reason: RejectionReason;
  /** What was seen, told in a sentence. */
  readonly detail: string;
  readonly relation?: string;
  readonly subject?: string;
  readonly object?: string;
  readonly quote?: string;
}

/** What an extractor gets beside the document and the ontology. */
export interface ExtractionContext {
  /** Titles and names known already, such as those of the graph. */
  readonly gazetteer: Gazetteer;
  /** Where tokens are written down and the budget is kept. */
  readonly tokens: TokenLedger;
  readonly signal?: AbortSignal;
}

/** What an extractor found in one document. */
export interface Extraction {
  readonly candidates: readonly CandidateClaim[];
  readonly rejected: readonly Omit<RejectedClaim, "document" | "extractor">[];
}

/** Turns a document into candidate claims under an ontology. All extractors are verified by the same rules afterwards. */
export interface Extractor {
  /** Written into the provenance of its claims. */
  readonly name: string;
  /** The model it asks, where it asks one. */
  readonly model?: string;
  /** How many documents may be in work at once. */
  readonly concurrency: number;
  /**
   * @throws a KindredError `budget-spent` or `model-missing` to stop the whole call; any other error concerns this
   * document only
   */
  extract(document: Document, ontology: Ontology, context: ExtractionContext): Promise<Extraction>;
}
