import type { Field } from "../field.ts";
import type { SourceLayout } from "../read/source-layout.ts";
import type { SourceSpec } from "../source-spec.ts";

/** How one field of a source is made. Plain data. */
export interface FieldPlan {
  readonly field: Field;
  /** The columns it is made from; empty when this source has none and the field is always null or constant. */
  readonly from: readonly string[];
  readonly separator: string | null;
  /** The constant every record has, or null. */
  readonly value: string | null;
  /** True when at least two sources of the entity type have it (or there is only one source): it can be evidence. */
  readonly aligned: boolean;
  /** For release years and dates: later years are 100 years off and moved back; null for never. */
  readonly newestYear: number | null;
  /** The share of sampled records with a value, 0 to 1. */
  readonly filled: number;
  /** A sampled value as it stands, or null. */
  readonly sample: string | null;
  /** Why the columns became this field, in a few words. */
  readonly why: string;
}

/**
 * How one source is read and cleaned, everything decided. Plain data, so it can be shown, stored, and handed to another
 * worker, which ingests the same bytes from it.
 */
export interface SourcePlan {
  readonly spec: SourceSpec;
  /** The source's name. */
  readonly source: string;
  readonly layout: SourceLayout;
  readonly rowCount: number;
  /** The column of ids, or null: then ids are `row:1`, `row:2`, ... */
  readonly idColumn: string | null;
  readonly entityType: string;
  /** Aligned fields first, the same and in the same order in every source of the entity type; then this source's own. */
  readonly fields: readonly FieldPlan[];
  /** Columns that give no field, with the reason. */
  readonly leftOut: readonly { readonly column: string; readonly why: string }[];
  /** Values that stand for "no value", lower case. */
  readonly placeholders: readonly string[];
  /** The person-list fields whose names become person records. */
  readonly people: readonly string[];
  readonly notes: readonly string[];
}
