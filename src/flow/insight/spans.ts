import type { AttemptStatus, RunRecord, TaskFacts, TaskUsage } from "../run-record.ts";

/** One attempt in time. */
export interface AttemptSpan {
  readonly step: string;
  /** -1 for the task that lists the items of a step or asks its condition. */
  readonly index: number;
  readonly key: string;
  readonly attempt: number;
  readonly status: AttemptStatus;
  readonly startMs: number;
  /** Of an attempt that runs: now. */
  readonly endMs: number;
  readonly usage: TaskUsage | null;
  readonly facts: TaskFacts | null;
}

/** All attempts of a run as spans, in the order of steps, items and attempts. `nowMs` ends those that still run. */
export function spansOf(run: RunRecord, nowMs: number): AttemptSpan[] {
  const lastMs = run.endedMs ?? nowMs;
  return run.steps.flatMap(({ step, tasks }) =>
    tasks.flatMap(({ index, key, attempts }) =>
      attempts.map(({ attempt, status, startedMs, endedMs, usage, facts }) => ({
        ...{ step, index, key, attempt, status, usage, facts },
        startMs: startedMs,
        endMs: Math.max(startedMs, endedMs ?? lastMs),
      })),
    ),
  );
}

/** How long an attempt took. */
export function spanMs({ startMs, endMs }: AttemptSpan): number {
  return endMs - startMs;
}

/** Of the attempts of one step the last of each task that has ended, the task that lists the items left out. */
export function lastAttempts(spans: readonly AttemptSpan[]): AttemptSpan[] {
  const last = new Map<number, AttemptSpan>();
  for (const span of spans) {
    if (span.index >= 0 && span.status !== "running") last.set(span.index, span);
  }
  return [...last.values()];
}
