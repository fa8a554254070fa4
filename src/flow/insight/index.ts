import type { RunRecord } from "../run-record.ts";
import type { RunInsight } from "./run-insight.ts";
import type { TimeLine } from "./time-line.ts";

export type { PathStretch, WaitCause } from "./critical-path.ts";
export type { Distribution } from "./distribution.ts";
export type { ResourceSuggestion, ResourceUse } from "./resource-use.ts";
export type { RunInsight, StepInsight } from "./run-insight.ts";
export type { Skew, SkewCause } from "./skew.ts";
export type { TimeLane, TimeLine } from "./time-line.ts";

// A module that makes a flow imports the door of this room, and workers load that module: this is loaded by who looks at a run.

/** What a run as it was read at `nowMs` (Unix time) tells of its time, its skew and the resources of its tasks. */
export async function insightOf(run: RunRecord, nowMs: number): Promise<RunInsight> {
  const insight = await import("./run-insight.ts");
  return insight.insightOf(run, nowMs);
}

/** When the attempts of each step ran, as lanes that do not overlap, of a run as it was read at `nowMs` (Unix time). */
export async function timeLineOf(run: RunRecord, nowMs: number): Promise<TimeLine> {
  const timeLine = await import("./time-line.ts");
  return timeLine.timeLineOf(run, nowMs);
}
