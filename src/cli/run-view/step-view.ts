import { formatBytes, formatCount, formatDuration } from "../../base/index.ts";
import type { StepInsight, StepRecord, TaskRecord } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";
import { printTable } from "../text-table.ts";
import { taskCount } from "./run-view.ts";
import { skewLines } from "./skew-view.ts";

/** Tasks that the list of a step shows: those that failed, then the slowest. */
const tasksShown = 20;

/** Bars of the picture of times. */
const bars = 10;
const barWidthMax = 40;

/** Prints a step: how the times of its tasks are spread, and which of them to look at. */
export function printStep(terminal: Terminal, record: StepRecord, insight: StepInsight): void {
  terminal.line(`step ${record.step}  ${terminal.style("bold", record.status)}  ${taskCount(insight)} tasks`);
  const tasks = record.tasks.filter(({ index }) => index >= 0);
  for (const line of histogram(tasks.map(tookMs))) terminal.line(line);
  for (const line of skewLines(insight, terminal.width)) terminal.line(line);
  const shown = tasks.toSorted((a, b) => rank(b) - rank(a) || tookMs(b) - tookMs(a)).slice(0, tasksShown);
  printTasks(terminal, shown);
  if (tasks.length > shown.length) terminal.line(`and ${formatCount(tasks.length - shown.length)} more, all quicker`);
}

function rank({ status }: TaskRecord): number {
  return status === "failed" ? 2 : status === "running" ? 1 : 0;
}

function printTasks(terminal: Terminal, tasks: readonly TaskRecord[]): void {
  printTable(terminal, tasks, [
    { title: "task", of: ({ key }) => key, maxWidth: 40 },
    { title: "status", of: ({ status }) => status, isWhole: true },
    { title: "took", of: (task) => formatDuration(tookMs(task)), align: "right" },
    { title: "attempts", of: ({ attempts }) => (attempts.length > 1 ? attempts.length : ""), align: "right" },
    { title: "CPU", of: (task) => formatDuration(1000 * (last(task)?.usage?.cpuSeconds ?? 0)), align: "right" },
    { title: "peak memory", of: (task) => formatBytes(last(task)?.usage?.peakRssBytes ?? 0), align: "right" },
    { title: "rows", of: (task) => amount(last(task)?.facts?.rows), align: "right" },
    { title: "pairs", of: (task) => amount(last(task)?.facts?.pairs), align: "right" },
    { title: "error", of: (task) => last(task)?.error?.message ?? "", maxWidth: 50 },
  ]);
}

/** How many tasks took how long, in equal parts from nothing to the longest. */
function histogram(times: readonly number[]): string[] {
  const longest = times.reduce((most, ms) => Math.max(most, ms), 0);
  if (times.length < bars || longest === 0) return [];
  const counts = new Array<number>(bars).fill(0);
  for (const ms of times) {
    const bar = Math.min(bars - 1, Math.floor((ms / longest) * bars));
    counts[bar] = (counts[bar] as number) + 1;
  }
  const most = Math.max(...counts);
  return counts.map((count, bar) => {
    const upTo = formatDuration((longest * (bar + 1)) / bars).padStart(12);
    return `${upTo} ${"█".repeat(Math.ceil((count / most) * barWidthMax))} ${formatCount(count)}`;
  });
}

function last({ attempts }: TaskRecord): TaskRecord["attempts"][number] | undefined {
  return attempts.at(-1);
}

function tookMs(task: TaskRecord): number {
  const attempt = last(task);
  return attempt === undefined ? 0 : (attempt.endedMs ?? attempt.startedMs) - attempt.startedMs;
}

function amount(value: number | undefined): string {
  return value === undefined ? "" : formatCount(value);
}
