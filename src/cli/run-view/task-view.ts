import { formatBytes, formatCount, formatDuration, formatMoment } from "../../base/index.ts";
import type { AttemptRecord, TaskCard, TaskRecord } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";
import { shellWord } from "./shell-word.ts";

/** A longer outcome is cut: `--json` has it all. */
const outcomeLength = 2_000;

/** Prints a task: each attempt with what it used and said, and what came of it. */
export function printTask(terminal: Terminal, address: string, task: TaskRecord, outcome: string | null): void {
  terminal.line(`task ${address}  ${terminal.style("bold", task.status)}`);
  for (const attempt of task.attempts) {
    for (const line of attemptLines(attempt)) terminal.line(line);
  }
  if (outcome !== null) terminal.line(`outcome ${cut(outcome)}`);
  const word = shellWord(address);
  terminal.line(`  kindred logs ${word}  has its log`);
  terminal.line(`  kindred rerun ${word} --debug  runs it again here, and keeps nothing`);
}

function attemptLines(attempt: AttemptRecord): string[] {
  const { usage, error, facts, card, workerHost, workerPid, startedMs, endedMs } = attempt;
  const took = endedMs === null ? "" : ` after ${formatDuration(endedMs - startedMs)}`;
  const worker = `worker ${workerPid}${workerHost === null ? "" : ` on ${workerHost}`}`;
  const lines = [
    `  attempt ${attempt.attempt}: ${attempt.status}${took}`,
    `    began ${formatMoment(startedMs)}, ${worker}`,
  ];
  if (usage !== null) {
    const { cpuSeconds, peakRssBytes, blobReadBytes, blobWrittenBytes } = usage;
    const memory = `${formatBytes(peakRssBytes)} at most`;
    const data = `read ${formatBytes(blobReadBytes)}, wrote ${formatBytes(blobWrittenBytes)}`;
    lines.push(`    ${formatDuration(cpuSeconds * 1000)} of CPU, ${memory}, ${data}`);
  }
  if (facts !== null) lines.push(`    ${factsText(facts)}`);
  if (card !== null) lines.push("    it left a card: --card shows it");
  if (error !== null) lines.push(`    ${error.message}`);
  return lines;
}

function factsText({ rows, pairs, largestBlock }: NonNullable<AttemptRecord["facts"]>): string {
  const parts = [
    rows === undefined ? [] : `${formatCount(rows)} rows`,
    pairs === undefined ? [] : `${formatCount(pairs)} pairs`,
    largestBlock === undefined ? [] : `largest block ${largestBlock.key}`,
  ];
  return parts.flat().join(", ");
}

function cut(text: string): string {
  return text.length > outcomeLength ? `${text.slice(0, outcomeLength)}…` : text;
}

/** A card for a terminal: Markdown as it is, HTML without its tags. */
export function cardText({ parts }: TaskCard): string {
  return parts.map(({ kind, text }) => (kind === "markdown" ? text : plainText(text))).join("\n\n");
}

const characters: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&amp;": "&",
};

function plainText(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<\/(p|div|h[1-6]|li|tr|table|ul|ol)>|<br\s*\/?>/gi, "\n")
    .replace(/<\/t[dh]>/gi, "  ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (found) => characters[found] ?? found)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
