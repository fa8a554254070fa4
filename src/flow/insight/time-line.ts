import type { RunRecord } from "../run-record.ts";
import { type AttemptSpan, spansOf } from "./spans.ts";

/** The attempts of a step as columns: what a page needs to draw 10,000 of them, in a tenth of the bytes of the record. */
export interface TimeLane {
  readonly step: string;
  readonly keys: readonly string[];
  readonly attempts: readonly number[];
  readonly statuses: readonly AttemptSpan["status"][];
  /** Since the run was made. */
  readonly startMs: readonly number[];
  readonly endMs: readonly number[];
  /** The line on which each is drawn, so that none covers another; as few as can be. */
  readonly lines: readonly number[];
  readonly lineCount: number;
}

/** A run in time. */
export interface TimeLine {
  readonly run: string;
  /** From the first to the last moment. */
  readonly spanMs: number;
  readonly lanes: readonly TimeLane[];
}

/** The time line of a run; steps without attempts are left out. */
export function timeLineOf(run: RunRecord, nowMs: number): TimeLine {
  const spans = spansOf(run, nowMs);
  const firstMs = spans.reduce((least, { startMs }) => Math.min(least, startMs), run.createdMs);
  const lastMs = spans.reduce((most, { endMs }) => Math.max(most, endMs), firstMs);
  const lanes = [...Map.groupBy(spans, ({ step }) => step)].map(([step, own]) => laneOf(step, own, firstMs));
  return { run: run.run, spanMs: lastMs - firstMs, lanes };
}

function laneOf(step: string, spans: readonly AttemptSpan[], firstMs: number): TimeLane {
  const sorted = spans.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const { lines, lineCount } = placed(sorted);
  return {
    step,
    keys: sorted.map(({ key }) => key),
    attempts: sorted.map(({ attempt }) => attempt),
    statuses: sorted.map(({ status }) => status),
    startMs: sorted.map(({ startMs }) => startMs - firstMs),
    endMs: sorted.map(({ endMs }) => endMs - firstMs),
    lines,
    lineCount,
  };
}

/** What an attempt without length takes up: less than the clock tells apart, and not lost beside the ms since 1970. */
const leastMs = 0.5;

/** Each on the first line that is free when it begins: the fewest lines, since they come by their beginning. */
function placed(sorted: readonly AttemptSpan[]): { lines: number[]; lineCount: number } {
  const ends: number[] = [];
  const lines = sorted.map(({ startMs, endMs }) => {
    const free = ends.findIndex((end) => end <= startMs);
    const line = free < 0 ? ends.length : free;
    ends[line] = Math.max(endMs, startMs + leastMs);
    return line;
  });
  return { lines, lineCount: ends.length };
}
