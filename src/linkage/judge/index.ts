export { type GrayPair, grayZone } from "./gray-zone.ts";
export { type Judged, type JudgeBudget, judgeGrayZone, type PairJudge } from "./judge-gray-zone.ts";
export { knownVerdicts } from "./known-verdicts.ts";
export { type Verdict, verdictSchema, verdictWeight } from "./verdict.ts";
