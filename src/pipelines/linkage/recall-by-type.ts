import { type BlockingRecall, estimateRecall } from "../../linkage/index.ts";
import type { LinkageState } from "./linkage-state.ts";

/** The estimated recall of blocking of one entity type. */
export interface TypeRecall extends BlockingRecall {
  readonly entityType: string;
}

/** Which share of all matches blocking brought together, by entity type; none of types without a pair. */
export function recallByType({ plan, scored }: Pick<LinkageState, "plan" | "scored">): TypeRecall[] {
  return scored.flatMap(({ entityType, captures }) => {
    const settings = plan.types.find((type) => type.entityType === entityType)?.settings;
    if (captures === undefined || captures.length === 0 || settings === undefined) return [];
    return [{ entityType, ...estimateRecall(captures, settings) }];
  });
}
