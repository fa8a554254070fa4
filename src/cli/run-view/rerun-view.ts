import { formatBytes, formatDuration } from "../../base/index.ts";
import type { RerunResult } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";

/** Changes of an outcome that are shown; `--json` has more. */
const changesShown = 20;

/** A longer value is cut. */
const valueLength = 80;

/** Prints what came of a task that was run again, beside what came of it before. */
export function printRerun(terminal: Terminal, result: RerunResult): void {
  const { run, step, key, status, error, before, usage, tookMs } = result;
  const used = `${formatDuration(usage.cpuSeconds * 1000)} of CPU, ${formatBytes(usage.peakRssBytes)} at most`;
  terminal.line(`${run}/${step}/${key} ${terminal.style("bold", status)} after ${formatDuration(tookMs)}, ${used}`);
  if (result.codeFrom === "package")
    terminal.line("  the files of the flow changed since: this is the code of the run, from its package");
  for (const change of result.codeChanges) terminal.line(`  other code: ${change}`);
  if (error !== null) terminal.line(terminal.style("red", `  ${error.message}`));
  terminal.line(`  ${comparison(result)}`);
  if (before.error !== null && !result.isSame) terminal.line(`  before: ${before.error.message}`);
  for (const { path, before: old, after } of result.changes.slice(0, changesShown))
    terminal.line(`  ${path === "" ? "outcome" : path}: ${valueText(old)} -> ${valueText(after)}`);
  if (result.changes.length > changesShown)
    terminal.line(`  and ${result.changes.length - changesShown} more places: --json lists them`);
  terminal.line("  nothing was kept: run, artifacts and outputs are as they were");
}

function comparison({ before, status, isSame, changes }: RerunResult): string {
  const attempt = `attempt ${before.attempt} of the run`;
  if (status === "failed")
    return isSame ? `${attempt} failed the same way` : `${attempt} ended otherwise (${before.status})`;
  if (before.status !== "done") return `${attempt} ${before.status}; here it is done`;
  return isSame
    ? `the outcome is that of ${attempt}, byte for byte`
    : `the outcome differs from ${attempt} in ${changes.length} ${changes.length === 1 ? "place" : "places"}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return "(nothing)";
  const text = JSON.stringify(value);
  return text.length > valueLength ? `${text.slice(0, valueLength)}…` : text;
}
