import type { Command } from "commander";
import type { RunRecord, StepRecord, TaskRecord } from "../../flow/index.ts";
import { formatBytes, formatDuration } from "../format.ts";
import { readRun } from "../run-reading.ts";
import { type CommonOptions, openSession } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { textTable } from "../text-table.ts";

/** `kindred show`: one run with its steps, its slowest tasks and its first failure. */
export function addShow(program: Command): void {
  program
    .command("show")
    .description("show a run: steps, times, the slowest task of each, the first failure")
    .argument("[run]", "the number of a run, or latest", "latest")
    .option("--json", "print one JSON document")
    .action(async (run: string, options: CommonOptions) => {
      const { terminal, home } = openSession(options);
      const record = await readRun(home, run);
      terminal.result(record, () => printRun(terminal, record));
    });
}

function printRun(terminal: Terminal, run: RunRecord): void {
  const took = run.endedMs === null ? "" : ` after ${formatDuration(run.endedMs - run.createdMs)}`;
  terminal.line(
    `run ${run.run}  ${run.flow}  ${terminal.style("bold", run.status)}${took}  ${new Date(run.createdMs).toISOString()}`,
  );
  const lines = textTable(run.steps, [
    { title: "step", of: (step) => step.step },
    { title: "status", of: (step) => step.status },
    {
      title: "tasks",
      of: (step) => `${step.tasks.filter((task) => isSettled(task) && task.index >= 0).length}/${step.width ?? "?"}`,
      align: "right",
    },
    {
      title: "took",
      of: (step) =>
        step.startedMs === null || step.endedMs === null ? "" : formatDuration(step.endedMs - step.startedMs),
      align: "right",
    },
    { title: "CPU", of: (step) => formatDuration(cpuSeconds(step) * 1000), align: "right" },
    { title: "peak memory", of: (step) => formatBytes(peakBytes(step)), align: "right" },
    { title: "slowest task", of: slowest, maxWidth: 40 },
  ]);
  for (const line of lines) terminal.line(line);
  if (run.error) terminal.line(terminal.style("red", run.error.message));
  if (run.status === "failed" || run.status === "interrupted")
    terminal.line(`kindred resume ${run.run} goes on; finished tasks are kept`);
}

function isSettled({ status }: TaskRecord): boolean {
  return status === "done" || status === "caught";
}

function attemptsOf(step: StepRecord): TaskRecord["attempts"] {
  return step.tasks.flatMap((task) => task.attempts);
}

function cpuSeconds(step: StepRecord): number {
  return attemptsOf(step).reduce((sum, attempt) => sum + (attempt.usage?.cpuSeconds ?? 0), 0);
}

function peakBytes(step: StepRecord): number {
  return Math.max(0, ...attemptsOf(step).map((attempt) => attempt.usage?.peakRssBytes ?? 0));
}

/** The task that took longest, and how many times the median that is: what shows skew. */
function slowest(step: StepRecord): string {
  const timed = step.tasks
    .flatMap((task) =>
      task.attempts.map((attempt) => ({
        key: task.key,
        ms: (attempt.endedMs ?? attempt.startedMs) - attempt.startedMs,
      })),
    )
    .toSorted((a, b) => b.ms - a.ms);
  const [first] = timed;
  const median = timed[timed.length >> 1]?.ms ?? 0;
  if (first === undefined || step.kind === "single") return "";
  return `${first.key} ${formatDuration(first.ms)}${median > 0 ? ` (${(first.ms / median).toFixed(1)}x the median)` : ""}`;
}
