import { describePlan, type PlanDescription } from "../../records/index.ts";
import type { LinkagePlan } from "./plan-sources.ts";

/** Says how each source is read, and which of its fields the linkage of its type compares, its level included. */
export function describeSources({ sources, types }: LinkagePlan): PlanDescription[] {
  return sources.map((source) => {
    const settings = types.find(({ entityType }) => entityType === source.entityType)?.settings;
    const used = new Set([settings?.levelField, ...(settings?.comparisons ?? []).map(({ field }) => field)]);
    const described = describePlan(source);
    return { ...described, fields: described.fields.map((one) => ({ ...one, evidence: used.has(one.field) })) };
  });
}
