export { type BeyondStep, type EvidenceStep, type Explanation, explainPair, type Tendency } from "./explain-pair.ts";
