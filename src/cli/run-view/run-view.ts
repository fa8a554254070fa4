import type { RunInsight, RunRecord, StepInsight, TimeLine } from "../../flow/index.ts";
import { formatBytes, formatDuration, formatShare } from "../format.ts";
import type { Terminal } from "../terminal.ts";
import { textTable } from "../text-table.ts";
import { pathLines } from "./path-view.ts";
import { skewLines } from "./skew-view.ts";
import { timeLineLines } from "./time-line-view.ts";

/** Prints a run: its steps in figures and in time, what held it up, and what to declare otherwise. */
export function printRun(terminal: Terminal, run: RunRecord, insight: RunInsight, timeLine: TimeLine): void {
  printHead(terminal, run);
  for (const line of stepTable(insight.steps)) terminal.line(line);
  section(terminal, "in time", timeLineLines(timeLine, Math.min(terminal.width, 120)));
  section(terminal, "skew", insight.steps.flatMap(skewLines));
  section(terminal, "what it waited for (the chain that made the run as long as it is)", pathLines(insight));
  section(terminal, "resources", insight.suggestions.map(suggestionLine));
  if (run.error) terminal.line(terminal.style("red", `\n${run.error.message}`));
  if (run.status === "failed" || run.status === "interrupted")
    terminal.line(`kindred resume ${run.run} goes on; finished tasks are kept`);
}

/** Prints which run it is, of what, and where it stands. */
export function printHead(terminal: Terminal, run: RunRecord): void {
  const took = run.endedMs === null ? "" : ` after ${formatDuration(run.endedMs - run.createdMs)}`;
  const status = terminal.style("bold", run.status);
  terminal.line(`run ${run.run}  ${run.flow}  ${status}${took}  ${new Date(run.createdMs).toISOString()}`);
}

function section(terminal: Terminal, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  terminal.line(`\n${terminal.style("bold", title)}`);
  for (const line of lines) terminal.line(line);
}

function stepTable(steps: readonly StepInsight[]): string[] {
  const ms = (value: number | null | undefined): string =>
    value === null || value === undefined ? "" : formatDuration(value);
  const ofMany = (step: StepInsight, text: () => string): string => ((step.times?.count ?? 0) > 1 ? text() : "");
  return textTable(steps, [
    { title: "step", of: (step) => step.step },
    { title: "status", of: (step) => step.status },
    { title: "tasks", of: (step) => `${step.ended}/${step.width ?? "?"}`, align: "right" },
    { title: "took", of: (step) => ms(step.tookMs), align: "right" },
    { title: "p50", of: (step) => ms(step.times?.p50), align: "right" },
    { title: "p95", of: (step) => ofMany(step, () => ms(step.times?.p95)), align: "right" },
    { title: "max", of: (step) => ofMany(step, () => ms(step.times?.max)), align: "right" },
    {
      title: "slowest 1 %",
      of: (step) => ofMany(step, () => formatShare(step.times?.slowestShare ?? 0)),
      align: "right",
    },
    { title: "CPU", of: (step) => formatDuration(step.use.cpuSeconds * 1000), align: "right" },
    { title: "peak memory", of: (step) => formatBytes(step.use.peakMemoryBytes), align: "right" },
    { title: "read", of: (step) => formatBytes(step.use.readBytes), align: "right" },
    { title: "written", of: (step) => formatBytes(step.use.writtenBytes), align: "right" },
  ]);
}

function suggestionLine({ step, resource, declared, used, flag }: RunInsight["suggestions"][number]): string {
  const unit = resource === "cpu" ? " cores" : " MiB";
  const said = declared === null ? "declares none" : `declares ${declared}${unit}`;
  return `  ${step} used up to ${used}${unit} and ${said}: ${flag}`;
}
