import type { BlobRef } from "../../flow/index.ts";
import type { Captures } from "../../linkage/index.ts";
import type { StoredFrozen } from "./stored-counts.ts";

/** The scored pairs of one entity type, with the model that scored them: all that clustering and explaining need. */
export interface ScoredType {
  readonly entityType: string;
  readonly model: BlobRef;
  readonly frozen: StoredFrozen;
  /** Tables of scored pairs, one a shard. */
  readonly pairs: readonly BlobRef[];
  /** In which ways matches were found; not in a linkage published before this was counted. */
  readonly captures?: readonly Captures[];
}
