import type { BlobRef } from "../../flow/index.ts";
import type { StoredFrozen } from "./stored-counts.ts";

/** The scored pairs of one entity type, with the model that scored them: all that clustering and explaining need. */
export interface ScoredType {
  readonly entityType: string;
  readonly model: BlobRef;
  readonly frozen: StoredFrozen;
  /** Tables of scored pairs, one a shard. */
  readonly pairs: readonly BlobRef[];
}
