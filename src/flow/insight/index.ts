export type { PathStretch, WaitCause } from "./critical-path.ts";
export type { Distribution } from "./distribution.ts";
export type { ResourceSuggestion, ResourceUse } from "./resource-use.ts";
export { insightOf, type RunInsight, type StepInsight } from "./run-insight.ts";
export type { Skew, SkewCause } from "./skew.ts";
export { type TimeLane, type TimeLine, timeLineOf } from "./time-line.ts";
