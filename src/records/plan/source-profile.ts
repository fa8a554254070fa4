import type { FieldKind } from "../field.ts";
import type { SourceLayout } from "../read/source-layout.ts";
import type { SourceSpec } from "../source-spec.ts";

/** What a bounded sample says about one column. */
export interface ColumnProfile {
  readonly name: string;
  /** The share of rows with a value that is no placeholder, 0 to 1. */
  readonly filled: number;
  /** Distinct values for each value, 0 to 1. */
  readonly distinct: number;
  /** A few values, as they stand. */
  readonly samples: readonly string[];
  /** The kind that name and values suggest; `empty` when there is no value. */
  readonly kind: FieldKind | "empty";
  readonly list: boolean;
  readonly separator: string | null;
  /** Why it is that kind, in a few words. */
  readonly why: string;
  /** Placeholders seen, with their counts in the sample. */
  readonly placeholders: Readonly<Record<string, number>>;
}

/** What a bounded sample says about a source. Plain data. */
export interface SourceProfile {
  readonly spec: SourceSpec;
  readonly layout: SourceLayout;
  /** All rows of the source, counted, header not included. */
  readonly rowCount: number;
  readonly sampleCount: number;
  readonly columns: readonly ColumnProfile[];
  /** What a reader of the plan should know: the encoding assumed, columns renamed, and so on. */
  readonly notes: readonly string[];
  /** The sampled values by column, the ground of the inference; kept out of plans. */
  readonly sample: readonly (readonly (string | readonly string[] | null)[])[];
}
