import { stableJson } from "../base/index.ts";
import type { Claim } from "./claim.ts";
import { type Ontology, relationTypeOf } from "./ontology.ts";

/** Claims that give one subject several objects under a relation that allows one. */
export interface CardinalityConflict {
  readonly relation: string;
  readonly subject: Claim["subject"];
  /** Where the claims stand in the list given, ascending. */
  readonly claimIndices: readonly number[];
}

/**
 * Finds conflicts of cardinality within a set of claims: shown, never settled here. Deprecated claims do not count.
 * A year left out may be the same thing or another, so only equal subjects are compared.
 */
export function cardinalityConflicts(ontology: Ontology, claims: readonly Claim[]): CardinalityConflict[] {
  const bySubject = new Map<string, number[]>();
  claims.forEach((claim, index) => {
    if (claim.rank === "deprecated" || relationTypeOf(ontology, claim.relation)?.cardinality !== "one") return;
    const key = stableJson([claim.relation, claim.subject]);
    const indices = bySubject.get(key);
    if (indices === undefined) bySubject.set(key, [index]);
    else indices.push(index);
  });
  return [...bySubject.values()].flatMap((claimIndices) => {
    const first = claims[claimIndices[0] as number] as Claim;
    const objects = new Set(claimIndices.map((index) => stableJson((claims[index] as Claim).object)));
    return objects.size > 1 ? [{ relation: first.relation, subject: first.subject, claimIndices }] : [];
  });
}
