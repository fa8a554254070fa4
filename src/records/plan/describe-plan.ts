import { describePlaceholders } from "../clean/placeholder.ts";
import type { FieldPlan, SourcePlan } from "./source-plan.ts";

/** One line of a described plan: a field and where it comes from. */
export interface FieldDescription {
  readonly field: string;
  /** The columns, joined by `+`; a constant in quotes; `-` for none. */
  readonly from: string;
  /** Such as `category, list by "|"`. */
  readonly kind: string;
  /** Percent of sampled records with a value, 0 to 100. */
  readonly filledPercent: number;
  readonly sample: string;
  readonly why: string;
  /** True when the field can be evidence for a match. */
  readonly evidence: boolean;
}

/** A plan as the command line shows it. */
export interface PlanDescription {
  readonly source: string;
  readonly entityType: string;
  readonly rowCount: number;
  /** Such as `csv, utf-8, delimiter ","`. */
  readonly format: string;
  readonly id: string;
  readonly fields: readonly FieldDescription[];
  readonly leftOut: readonly { readonly column: string; readonly why: string }[];
  /** The placeholder rule, in words. */
  readonly placeholders: string;
  readonly notes: readonly string[];
}

/** Says what a plan will do, for people. */
export function describePlan(plan: SourcePlan): PlanDescription {
  return {
    source: plan.source,
    entityType: plan.entityType,
    rowCount: plan.rowCount,
    format: describeFormat(plan),
    id: plan.idColumn ?? "row:N",
    fields: plan.fields.map(describeField),
    leftOut: plan.leftOut,
    placeholders: describePlaceholders(plan.placeholders),
    notes: plan.notes,
  };
}

function describeFormat({ layout }: SourcePlan): string {
  const delimiter = layout.delimiter === "\t" ? "tab" : `"${layout.delimiter}"`;
  const files = layout.files.length === 1 ? [] : [`${layout.files.length} files`];
  return [layout.format, layout.encoding, layout.delimiter && `delimiter ${delimiter}`, ...files]
    .filter(Boolean)
    .join(", ");
}

function describeField(plan: FieldPlan): FieldDescription {
  const listed = plan.field.list ? `, list${plan.separator === null ? "" : ` by "${plan.separator}"`}` : "";
  return {
    field: plan.field.name,
    from: plan.value !== null ? `"${plan.value}"` : plan.from.join(" + ") || "-",
    kind: `${plan.field.kind}${listed}`,
    filledPercent: Math.round(plan.filled * 1000) / 10,
    sample: plan.sample ?? "",
    why: plan.why,
    evidence: plan.aligned,
  };
}
