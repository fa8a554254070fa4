export type { CalibrationBin } from "./calibration.ts";
export { type EntityMember, type Evaluation, evaluate, type ScoredPair } from "./evaluate.ts";
export { type Scores, scoresOf } from "./scores.ts";
export { type Half, halfOf } from "./split.ts";
export { type TrivialRecord, trivialRule, trivialTitle } from "./trivial-rule.ts";
export { type LabelledPair, type RecordPair, type RecordRef, readTruth, recordKey, type Truth } from "./truth.ts";
