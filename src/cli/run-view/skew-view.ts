import type { SkewCause, StepInsight } from "../../flow/index.ts";
import { formatBytes, formatCount, formatDuration } from "../format.ts";

/** Why the slowest task of a step takes longer than its siblings; nothing where it does not. */
export function skewLines({ step, skew }: StepInsight): string[] {
  if (skew === null) return [];
  const { key, tookMs, timesMedian, cause, largestBlock } = skew;
  const why = cause === null ? "nothing that it told is larger: it waited, or its machine was busy" : causeText(cause);
  const lines = [`  ${step}/${key} took ${formatDuration(tookMs)}, ${timesMedian.toFixed(1)}x the median: ${why}`];
  if (largestBlock === null) return lines;
  const size = [
    largestBlock.rows === undefined ? [] : `${formatCount(largestBlock.rows)} rows`,
    largestBlock.pairs === undefined ? [] : `${formatCount(largestBlock.pairs)} pairs`,
  ].flat();
  return [...lines, `    its largest block is ${largestBlock.key}${size.length > 0 ? `: ${size.join(", ")}` : ""}`];
}

function causeText({ measure, amount, timesMedian }: SkewCause): string {
  const times = `${timesMedian.toFixed(1)}x the median`;
  if (measure === "bytes read") return `it reads ${formatBytes(amount)}, ${times}`;
  if (measure === "CPU")
    return `it computes for ${formatDuration(amount * 1000)}, ${times}; what more it has, it does not say`;
  return `${formatCount(amount)} ${measure}, ${times}`;
}
