import type { AttemptRecord, RunRecord } from "../../src/flow/index.ts";
import { duration } from "../words.ts";

/** An attempt as a bar of the time line. */
export interface Bar {
  readonly step: string;
  readonly key: string;
  readonly attempt: AttemptRecord;
  readonly startMs: number;
  readonly endMs: number;
  /** The line within its step, so that bars which overlap in time do not overlap in space. */
  readonly line: number;
}

const lineHeight = 16;
const gap = 10;
const labelWidth = 90;
const width = 1000;

/** Tasks drawn at the most: beyond it a step shows its longest ones. */
const barsPerStep = 400;

/** Every attempt as a bar, step by step; the longest of each step stands out, for that is where skew shows. */
export function Timeline({
  run,
  chosen,
  onChoose,
}: {
  run: RunRecord;
  chosen: Bar | null;
  onChoose: (bar: Bar) => void;
}) {
  const steps = run.steps
    .map((step) => ({ step: step.step, bars: barsOf(step, Date.now()) }))
    .filter(({ bars }) => bars.length > 0);
  const all = steps.flatMap(({ bars }) => bars);
  if (all.length === 0) return <p class="quiet">No task has begun.</p>;
  const start = Math.min(...all.map((bar) => bar.startMs));
  const span = Math.max(1, Math.max(...all.map((bar) => bar.endMs)) - start);
  const x = (ms: number): number => labelWidth + ((ms - start) / span) * (width - labelWidth - 4);
  let top = 0;
  const lanes = steps.map((lane) => {
    const lines = Math.max(...lane.bars.map((bar) => bar.line)) + 1;
    const placed = { ...lane, top, height: lines * lineHeight };
    top += placed.height + gap;
    return placed;
  });
  return (
    <div class="scroll">
      <svg class="timeline" viewBox={`0 0 ${width} ${top + 22}`} role="group" aria-label="Tasks in time">
        <Ruler span={span} height={top} x={(ms) => x(start + ms)} />
        {lanes.map((lane) => (
          <g key={lane.step} transform={`translate(0 ${lane.top})`}>
            <text class="lane" x="0" y={12}>
              {lane.step}
            </text>
            {lane.bars.map((bar) => (
              <TaskBar
                key={`${bar.key} ${bar.attempt.attempt}`}
                bar={bar}
                x={x}
                isLongest={bar === longest(lane.bars)}
                isChosen={isSame(bar, chosen)}
                onChoose={onChoose}
              />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

interface TaskBarProps {
  readonly bar: Bar;
  readonly x: (ms: number) => number;
  readonly isLongest: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (bar: Bar) => void;
}

function TaskBar({ bar, x, isLongest, isChosen, onChoose }: TaskBarProps) {
  const label = `${bar.step} ${bar.key}, ${bar.attempt.status}, ${duration(bar.endMs - bar.startMs)}`;
  const choose = (event: Event): void => {
    event.preventDefault();
    onChoose(bar);
  };
  return (
    <g
      class={`bar ${bar.attempt.status} ${isLongest ? "longest" : ""} ${isChosen ? "chosen" : ""}`}
      role="button"
      tabindex={0}
      aria-label={label}
      onClick={choose}
      onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && choose(event)}
    >
      <title>{label}</title>
      <rect
        x={x(bar.startMs)}
        y={bar.line * lineHeight + 1}
        width={Math.max(2, x(bar.endMs) - x(bar.startMs) - 0.5)}
        height={lineHeight - 3}
        rx="2"
      />
    </g>
  );
}

function Ruler({ span, height, x }: { span: number; height: number; x: (ms: number) => number }) {
  const step = niceStep(span / 5);
  const marks = Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
  return (
    <g class="ruler" aria-hidden="true">
      {marks.map((ms) => (
        <g key={ms}>
          <line x1={x(ms)} x2={x(ms)} y1="0" y2={height} />
          <text x={x(ms)} y={height + 14} text-anchor="middle">
            {duration(ms)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The smallest of 1, 2 or 5 times a power of ten that is not below `ms`. */
function niceStep(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, ms)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= ms) ?? 10) * power;
}

function barsOf(step: RunRecord["steps"][number], nowMs: number): Bar[] {
  const attempts = step.tasks
    .filter((task) => task.index >= 0)
    .flatMap((task) => task.attempts.map((attempt) => ({ key: task.key, attempt })));
  const timed = attempts.map(({ key, attempt }) => ({
    step: step.step,
    key,
    attempt,
    startMs: attempt.startedMs,
    endMs: attempt.endedMs ?? nowMs,
  }));
  const kept = timed.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs)).slice(0, barsPerStep);
  const endOfLine: number[] = [];
  return kept
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((bar) => {
      const free = endOfLine.findIndex((endMs) => endMs <= bar.startMs);
      const line = free === -1 ? endOfLine.length : free;
      endOfLine[line] = bar.endMs;
      return { ...bar, line };
    });
}

function longest(bars: readonly Bar[]): Bar | undefined {
  if (bars.length < 3) return undefined;
  return bars.reduce((best, bar) => (bar.endMs - bar.startMs > best.endMs - best.startMs ? bar : best));
}

function isSame(bar: Bar, other: Bar | null): boolean {
  return (
    other !== null && bar.step === other.step && bar.key === other.key && bar.attempt.attempt === other.attempt.attempt
  );
}
