import type { SourcePlan } from "./source-plan.ts";
import type { SourceProfile } from "./source-profile.ts";

/** What the caller decides for all sources. */
export interface PlanOptions {
  /** Columns that are never evidence nor fields; each must exist in at least one source. */
  readonly ignore?: readonly string[];
  /** As `--id` gives them: `column` for every source, or `source:column` for one. */
  readonly ids?: readonly string[];
  /** The year the catalogues are of: release years more than 5 after it are 100 years off. Default: a constant, not the clock. */
  readonly asOfYear?: number;
}

/**
 * Decides for every source its ids, entity type and fields, the fields aligned over sources of the same entity type.
 * @throws column-missing for an id, ignored or configured column that is not there, with the nearest name
 */
export function planSources(_profiles: readonly SourceProfile[], _options: PlanOptions = {}): SourcePlan[] {
  throw new Error("being written");
}
