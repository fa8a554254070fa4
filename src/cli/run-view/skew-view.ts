import { formatCount, formatDuration } from "../../base/index.ts";
import type { StepInsight } from "../../flow/index.ts";
import { wrapped } from "../wrapped.ts";

/** Why the slowest task of a step takes longer than its siblings; nothing where it does not. */
export function skewLines({ step, skew }: StepInsight, width: number): string[] {
  if (skew === null) return [];
  const { key, tookMs, timesMedian, why, largestBlock } = skew;
  const lines = [`  ${step}/${key} took ${formatDuration(tookMs)}, ${timesMedian.toFixed(1)}x the median: ${why}`];
  if (largestBlock === null) return lines.flatMap((line) => wrapped(line, width));
  const size = [
    largestBlock.rows === undefined ? [] : `${formatCount(largestBlock.rows)} rows`,
    largestBlock.pairs === undefined ? [] : `${formatCount(largestBlock.pairs)} pairs`,
  ].flat();
  const block = `    its largest block is ${largestBlock.key}${size.length > 0 ? `: ${size.join(", ")}` : ""}`;
  return [...lines, block].flatMap((line) => wrapped(line, width));
}
