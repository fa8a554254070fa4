export { type Captures, CaptureTally, mergeCaptures } from "./captures.ts";
export { type BlockingRecall, estimateRecall } from "./estimate-recall.ts";
