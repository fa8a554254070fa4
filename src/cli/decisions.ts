import type { LinkageParams } from "../pipelines/index.ts";

/** The decisions that hold in this home: every linkage honours them. */
export async function readDecisions(home: string): Promise<LinkageParams["decisions"]> {
  const { decisionsInForce, readDecisionLog } = await import("../pipelines/index.ts");
  return decisionsInForce(await readDecisionLog(home));
}
