export { type Document, maxDocumentBytes, maxDocuments } from "./documents/document.ts";
export { readDocuments } from "./documents/read-documents.ts";
export {
  type DocumentError,
  type ExtractionRequest,
  type ExtractionResult,
  extractClaims,
} from "./extract-claims.ts";
export type {
  CandidateClaim,
  CandidateLiteral,
  CandidateMention,
  Extraction,
  ExtractionContext,
  Extractor,
  RejectedClaim,
  RejectionReason,
} from "./extractor.ts";
export { type Gazetteer, type GazetteerEntry, makeGazetteer } from "./gazetteer.ts";
export { type ModelExtractorOptions, modelExtractor } from "./model/model-extractor.ts";
export type { ModelSettings, TokenPrices } from "./model/model-settings.ts";
export { ruleExtractor } from "./rules/rule-extractor.ts";
export type { OnSpent, TokenBudget, Usage } from "./token-ledger.ts";
export { maxQuoteLength } from "./verify-claim.ts";
export { type ClaimFiles, claimFilesOf, writeClaims } from "./write-claims.ts";
