export { Arena } from "./arena.ts";
export { type EncodedComparison, encodeComparisons } from "./encoded-comparison.ts";
export { plainTables } from "./table-maker.ts";
export { type PairSpace, pairSpace } from "./pair-space.ts";
export { pairLevels } from "./plain/pair-levels.ts";
export { plainScan } from "./plain/plain-scan.ts";
export {
  type ChunkReader,
  levelsStride,
  type RuleBounds,
  type Scanner,
  type ScanPlan,
} from "./scan.ts";
export { threadedScan } from "./threads/threaded-scan.ts";
export { kernelPairSpace } from "./wasm/kernel-pair-space.ts";
export { wasmScan } from "./wasm/wasm-scan.ts";
