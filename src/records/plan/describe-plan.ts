import type { SourcePlan } from "./source-plan.ts";

/** One line of a described plan: a field and where it comes from. */
export interface FieldDescription {
  readonly field: string;
  readonly from: string;
  readonly kind: string;
  /** Percent of sampled records with a value, 0 to 100. */
  readonly filledPercent: number;
  readonly sample: string;
  readonly why: string;
  readonly evidence: boolean;
}

/** A plan as the command line shows it. */
export interface PlanDescription {
  readonly source: string;
  readonly entityType: string;
  readonly rowCount: number;
  /** Such as `csv, UTF-8, delimiter ","`. */
  readonly format: string;
  readonly id: string;
  readonly fields: readonly FieldDescription[];
  readonly leftOut: readonly { readonly column: string; readonly why: string }[];
  /** The placeholder rule, in words. */
  readonly placeholders: string;
  readonly notes: readonly string[];
}

/** Says what a plan will do, for people. */
export function describePlan(_plan: SourcePlan): PlanDescription {
  throw new Error("being written");
}
