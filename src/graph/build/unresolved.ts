/** Why a claim was left out of the graph. */
export type UnresolvedReason = "unknown" | "ambiguous" | "ontology" | "empty";

/** A claim, or a name in a record, that could not be placed: a line of `unresolved.jsonl`. */
export interface Unresolved {
  readonly reason: UnresolvedReason;
  /** What was seen, in words. */
  readonly message: string;
  readonly relation: string;
  /** What the claim or field named. */
  readonly name: string;
  /** The entities it might have meant. */
  readonly candidates: readonly string[];
  /** The document or the record (`source/id`) it comes from. */
  readonly from: string;
}
