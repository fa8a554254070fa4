import { formatBytes, formatCount, formatDuration } from "../../base/index.ts";
import type { TaskFacts } from "../run-record.ts";
import { quantile } from "./distribution.ts";
import { type AttemptSpan, spanMs } from "./spans.ts";

/** What a slow task has more of than its siblings. */
export type SkewMeasure = "pairs" | "rows" | "bytes read" | "CPU";

/** Why a task took longer than its siblings, as far as is known. */
export interface SkewCause {
  readonly measure: SkewMeasure;
  /** How much the task has of it. */
  readonly amount: number;
  /** How many times the median of the step that is. */
  readonly timesMedian: number;
}

/** A task that takes much longer than half of its siblings. */
export interface Skew {
  readonly key: string;
  readonly index: number;
  readonly attempt: number;
  readonly tookMs: number;
  readonly timesMedian: number;
  /** Null when it has no more of anything: it rather waited. */
  readonly cause: SkewCause | null;
  /** The cause as people read it. */
  readonly why: string;
  /** What it named as its largest block. */
  readonly largestBlock: NonNullable<TaskFacts["largestBlock"]> | null;
}

/** Fewer tasks have no median that means anything. */
const tasksMin = 3;

/** A slowest task below so many times the median is no skew. */
const timesMedianMin = 2;

/** A task below this holds nobody up. */
const tookMsMin = 20;

/** Where less than this part of the excess in time is explained by an amount, the amount is not its cause. */
const explainedMin = 0.25;

const measures: Readonly<Record<SkewMeasure, (span: AttemptSpan) => number>> = {
  pairs: ({ facts }) => facts?.pairs ?? 0,
  rows: ({ facts }) => facts?.rows ?? 0,
  "bytes read": ({ usage }) => usage?.blobReadBytes ?? 0,
  CPU: ({ usage }) => usage?.cpuSeconds ?? 0,
};

/** The skew of a step, from the last attempts of its tasks; null when its slowest task is like the others. */
export function skewOf(spans: readonly AttemptSpan[]): Skew | null {
  if (spans.length < tasksMin) return null;
  const slowest = spans.reduce((best, span) => (spanMs(span) > spanMs(best) ? span : best));
  const timesMedian = times(spanMs(slowest), median(spans, spanMs));
  if (spanMs(slowest) < tookMsMin || timesMedian < timesMedianMin) return null;
  const { key, index, attempt, facts } = slowest;
  const cause = causeOf(slowest, spans, timesMedian);
  return {
    ...{ key, index, attempt, timesMedian, cause },
    tookMs: spanMs(slowest),
    why: causeWords(cause),
    largestBlock: facts?.largestBlock ?? null,
  };
}

/** The measure that explains most; of those alike the first, which says most. */
function causeOf(slowest: AttemptSpan, spans: readonly AttemptSpan[], timesTime: number): SkewCause | null {
  const enough = 1 + (timesTime - 1) * explainedMin;
  for (const [measure, of] of Object.entries(measures) as [SkewMeasure, (span: AttemptSpan) => number][]) {
    const amount = of(slowest);
    const timesMedian = times(amount, median(spans, of));
    if (amount > 0 && timesMedian >= enough) return { measure, amount, timesMedian };
  }
  return null;
}

function causeWords(cause: SkewCause | null): string {
  if (cause === null) return "nothing that it told is larger: it waited, or its machine was busy";
  const { measure, amount } = cause;
  const timesMedian = `${cause.timesMedian.toFixed(1)}x the median`;
  if (measure === "bytes read") return `it reads ${formatBytes(amount)}, ${timesMedian}`;
  if (measure === "CPU")
    return `it computes for ${formatDuration(amount * 1000)}, ${timesMedian}; what more it has, it does not say`;
  return `${formatCount(amount)} ${measure}, ${timesMedian}`;
}

function median(spans: readonly AttemptSpan[], of: (span: AttemptSpan) => number): number {
  return quantile(
    spans.map(of).toSorted((a, b) => a - b),
    0.5,
  );
}

/** Compared with nothing, an amount is so many times one. */
function times(amount: number, compared: number): number {
  return amount / (compared > 0 ? compared : 1);
}
