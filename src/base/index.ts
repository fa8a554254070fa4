export { atATime } from "./at-a-time.ts";
export { type Clock, systemClock } from "./clock.ts";
export { pointAt, pointBytes, writePoint } from "./code-points.ts";
export { descendingOrder, orderOfNumbers, sortByNumber, sortedNumbers, wholeNumbers } from "./counting-sort.ts";
export {
  type ErrorCode,
  type ErrorJson,
  type ErrorParts,
  type ErrorPlace,
  errorFromJson,
  errorToJson,
  exitCodeByErrorCode,
  isDiskFull,
  isKindredError,
  KindredError,
} from "./errors.ts";
export { asideFor, asidePath, diskError, filesUnder, pathWithin, replaceFile, writeFileAtomic } from "./files.ts";
export { formatBytes, formatCount, formatDuration, formatMoment, formatShare } from "./format.ts";
export { hash53, hash53OfUtf8, hashPair53, sha256, stableJson } from "./hash.ts";
export { assertNotHeld, outputMarker, writeOutputFile } from "./held-folder.ts";
export { type KernelExports, type KernelMemory, kernelMemory, kernelPageBytes, openKernel } from "./kernel.ts";
export { assertOutputWritable, writeOutputFolder } from "./output-folder.ts";
export { importWithOwnPackage, lendOwnPackage, requireWithOwnPackage } from "./own-package.ts";
export { isProcessAlive } from "./process-alive.ts";
export { type Random, seededRandom } from "./random.ts";
export { thrownMessage } from "./thrown.ts";
