export type { EstimatedShare } from "./label-estimates.ts";
export { type AskedColumns, type KnownSoFar, type Question, Questions } from "./questions.ts";
export type { PairPool } from "./strata.ts";
