import { formatCount, formatDuration, formatShare } from "../../base/index.ts";
import type { RunInsight } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";
import { printTable } from "../text-table.ts";

/** Prints the critical path as a table, a line a stretch. */
export function printPath(terminal: Terminal, { path, tookMs }: RunInsight, indent: string): void {
  printTable(
    terminal,
    path,
    [
      { title: "step", of: ({ step }) => step },
      { title: "work", of: ({ workMs }) => formatDuration(workMs), align: "right" },
      { title: "of run", of: ({ workMs }) => formatShare(workMs / Math.max(1, tookMs)), align: "right" },
      { title: "tasks", of: ({ attempts }) => formatCount(attempts), align: "right" },
      {
        title: "the longest",
        of: ({ longestKey, longestMs, attempts }) =>
          attempts > 1 ? `${formatDuration(longestMs)} ${longestKey}` : longestKey,
        maxWidth: 34,
      },
      { title: "waited", of: ({ waits }) => waits.map(({ ms, words }) => `${formatDuration(ms)} ${words}`).join(", ") },
    ],
    indent,
  );
}
