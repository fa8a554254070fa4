import type { ConstrainedUnion } from "./constrained-union.ts";
import type { Decision } from "./decision.ts";
import type { NumberedRecords } from "./numbered-records.ts";

type RecordPair = readonly [left: number, right: number];

/** What people decided: the pairs joined, those kept apart, and the decisions that cannot be kept. */
export interface AppliedDecisions {
  readonly held: RecordPair[];
  readonly apart: RecordPair[];
  readonly refused: Decision[];
}

/** Joins and keeps apart what people decided. */
export function applyDecisions(
  union: ConstrainedUnion,
  decisions: readonly Decision[],
  records: NumberedRecords,
): AppliedDecisions {
  const applied: AppliedDecisions = { held: [], apart: [], refused: [] };
  // What is the same is joined before what is different is kept apart, so that a chain of both is seen whole.
  for (const kind of ["same", "different"] as const) {
    for (const decision of decisions.filter((one) => one.kind === kind)) {
      const left = records.recordOf(decision.left.source, decision.left.id);
      const right = records.recordOf(decision.right.source, decision.right.id);
      const kept = left !== undefined && right !== undefined && left !== right && keep(kind, left, right);
      if (kept) applied[kind === "same" ? "held" : "apart"].push([left, right]);
      else applied.refused.push(decision);
    }
  }
  return applied;

  function keep(kind: Decision["kind"], left: number, right: number): boolean {
    if (kind === "different") return union.keepApart(left, right);
    if (union.refusal(left, right, false) !== null) return false;
    union.join(left, right);
    return true;
  }
}
