import { formatBytes, formatCount, formatDuration, formatMoment, formatShare } from "../../base/index.ts";
import type { ResourceUse, RunInsight, RunRecord, StepInsight, TimeLine, Waiting } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";
import { printTable } from "../text-table.ts";
import { printNextSteps } from "./next-steps.ts";
import { printPath } from "./path-view.ts";
import { skewLines } from "./skew-view.ts";
import { timeLineLines } from "./time-line-view.ts";
import { statusText, tookText, waitText } from "./wait-view.ts";

const indent = "  ";

/** Between two tasks nothing runs for a moment: what is worth telling is longer. */
const idleShownMs = 10_000;

/** Prints a run: its steps in figures and in time, what held it up, what to declare otherwise, and what to do next. */
export function printRun(
  terminal: Terminal,
  run: Waiting<RunRecord>,
  { insight, timeLine, isWaitKnown }: SeenOfRun,
): void {
  printHead(terminal, run);
  if (run.code.mixed !== undefined)
    terminal.line(
      `it went on with other code (--code mixed): of ${run.code.mixed.join(", ")} some results are of earlier code`,
    );
  for (const waited of run.waits?.queues ?? []) terminal.line(waitText(waited));
  const { idleMs } = insight;
  if (idleMs !== null && idleMs > idleShownMs) terminal.line(idleText(run, idleMs));
  printTimes(terminal, insight.steps);
  printLines(terminal, "in time", timeLineLines(timeLine, Math.min(terminal.width, 120)));
  printLines(
    terminal,
    "skew",
    insight.steps.flatMap((step) => skewLines(step, terminal.width)),
  );
  if (insight.path.length > 0) {
    printTitle(terminal, "what it waited for (the chain that made the run as long as it is)");
    printPath(terminal, insight, indent);
  }
  printResources(terminal, insight);
  if (run.error) terminal.line(terminal.style("red", `\n${run.error.message}`));
  printNextSteps(terminal, run, isWaitKnown);
}

function idleText({ waits }: Waiting<RunRecord>, idleMs: number): string {
  const since = `nothing of it has run for ${formatDuration(idleMs)}`;
  return waits === undefined ? `waits: ${since}; on a cluster, for a worker of its queue` : since;
}

/** What there is to see of a run. */
interface SeenOfRun {
  readonly insight: RunInsight;
  readonly timeLine: TimeLine;
  /** False where no server said what the run waits for. */
  readonly isWaitKnown: boolean;
}

/** Prints which run it is, of what, and where it stands. */
export function printHead(terminal: Terminal, run: Waiting<RunRecord>): void {
  const took = tookText(run) === "" ? "" : ` after ${tookText(run)}`;
  const status = terminal.style("bold", statusText(run));
  const place = [run.namespace, ...(run.tags ?? [])].flatMap((word) => word ?? []).join(", ");
  terminal.line(`run ${run.run}  ${run.flow}  ${status}${took}  ${formatMoment(run.createdMs)}  ${place}`.trimEnd());
}

function printTitle(terminal: Terminal, title: string): void {
  terminal.line(`\n${terminal.style("bold", title)}`);
}

function printLines(terminal: Terminal, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  printTitle(terminal, title);
  for (const line of lines) terminal.line(line);
}

/** How the times of the tasks of each step are spread. */
function printTimes(terminal: Terminal, steps: readonly StepInsight[]): void {
  const ms = (value: number | null | undefined): string =>
    value === null || value === undefined ? "" : formatDuration(value);
  const ofMany = (step: StepInsight, text: () => string): string => ((step.times?.count ?? 0) > 1 ? text() : "");
  printTable(terminal, steps, [
    { title: "step", of: ({ step }) => step },
    { title: "status", of: ({ status }) => status, isWhole: true },
    { title: "tasks", of: taskCount, align: "right" },
    { title: "took", of: ({ tookMs }) => ms(tookMs), align: "right" },
    { title: "p50", of: ({ times }) => ms(times?.p50), align: "right" },
    { title: "p95", of: (step) => ofMany(step, () => ms(step.times?.p95)), align: "right" },
    { title: "max", of: (step) => ofMany(step, () => ms(step.times?.max)), align: "right" },
    {
      title: "slowest 1 %",
      of: (step) => ofMany(step, () => formatShare(step.times?.slowestShare ?? 0)),
      align: "right",
    },
  ]);
}

/** How many tasks of a step have ended, of how many. */
export function taskCount({ ended, width }: StepInsight): string {
  return `${formatCount(ended)}/${width === null ? "?" : formatCount(width)}`;
}

/** What each step used of what it declares, and what to declare in place of what does not fit. */
function printResources(terminal: Terminal, { steps, suggestions }: RunInsight): void {
  const used = steps.filter(({ times }) => times !== null);
  if (used.length === 0) return;
  printTitle(terminal, "resources, of what is declared");
  const columns = [
    { title: "step", of: ({ step }: StepInsight) => step },
    { title: "CPU", of: ({ use }: StepInsight) => formatDuration(use.cpuSeconds * 1000), align: "right" },
    { title: "cores", of: ({ use }: StepInsight) => coresText(use), align: "right" },
    { title: "peak memory", of: ({ use }: StepInsight) => memoryText(use), align: "right" },
    { title: "read", of: ({ use }: StepInsight) => formatBytes(use.readBytes), align: "right" },
    { title: "written", of: ({ use }: StepInsight) => formatBytes(use.writtenBytes), align: "right" },
  ] as const;
  printTable(terminal, used, columns, indent);
  for (const { step, resource, used: most, flag } of suggestions)
    terminal.line(`${indent}${step} used up to ${most} ${resource === "cpu" ? "cores" : "MiB"}: ${flag} fits it`);
}

/** Short tasks say nothing of the cores they keep busy. */
function coresText({ coresMax, declaredCpu }: ResourceUse): string {
  return coresMax === 0 ? "" : `${coresMax.toFixed(1)} of ${declaredCpu}`;
}

function memoryText({ peakMemoryBytes, declaredMemoryMiB }: ResourceUse): string {
  const declared = declaredMemoryMiB === null ? "" : ` of ${formatBytes(declaredMemoryMiB * 1024 * 1024)}`;
  return `${formatBytes(peakMemoryBytes)}${declared}`;
}
