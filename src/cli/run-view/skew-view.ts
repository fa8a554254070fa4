import { formatCount, formatDuration } from "../../base/index.ts";
import type { StepInsight } from "../../flow/index.ts";

/** Why the slowest task of a step takes longer than its siblings; nothing where it does not. */
export function skewLines({ step, skew }: StepInsight): string[] {
  if (skew === null) return [];
  const { key, tookMs, timesMedian, why, largestBlock } = skew;
  const lines = [`  ${step}/${key} took ${formatDuration(tookMs)}, ${timesMedian.toFixed(1)}x the median: ${why}`];
  if (largestBlock === null) return lines;
  const size = [
    largestBlock.rows === undefined ? [] : `${formatCount(largestBlock.rows)} rows`,
    largestBlock.pairs === undefined ? [] : `${formatCount(largestBlock.pairs)} pairs`,
  ].flat();
  return [...lines, `    its largest block is ${largestBlock.key}${size.length > 0 ? `: ${size.join(", ")}` : ""}`];
}
