import type { BlobRef } from "../../flow/index.ts";
import type { Clustered } from "./clustered.ts";
import type { StoredSource } from "./partition-records.ts";
import type { LinkagePlan } from "./plan-sources.ts";
import type { ScoredType } from "./scored.ts";

/**
 * Everything a linkage found before people decide anything: enough to cluster again, to build the graph again and to
 * explain any pair. Published with the results, so `decide` and `undo` need no source.
 */
export interface LinkageState {
  readonly plan: LinkagePlan;
  readonly sources: readonly StoredSource[];
  readonly scored: readonly ScoredType[];
  /** Claims from documents, as a JSON array. */
  readonly claims: BlobRef;
  /** Rows that were set aside with their reasons, as JSON Lines, one file a source that had some. */
  readonly rejects: readonly BlobRef[];
}

/** The blobs that a state and its clusters refer to, each once. */
export function blobsOf(state: LinkageState, clustered: Clustered): BlobRef[] {
  const refs = new Map<string, BlobRef>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("blob" in value && "byteCount" in value) refs.set((value as BlobRef).blob, value as BlobRef);
    else for (const inner of Object.values(value)) visit(inner);
  };
  const sources = state.sources.map(({ batches }) => batches);
  visit([sources, state.scored, state.claims, state.rejects, clustered.types]);
  return [...refs.values()];
}
