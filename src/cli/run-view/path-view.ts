import type { RunInsight } from "../../flow/index.ts";
import { formatDuration, formatShare } from "../format.ts";
import { textTable } from "../text-table.ts";

/** The critical path as a table, a line a stretch. */
export function pathLines({ path, tookMs }: RunInsight): string[] {
  if (path.length === 0) return [];
  return textTable(path, [
    { title: "step", of: ({ step }) => step },
    { title: "work", of: ({ workMs }) => formatDuration(workMs), align: "right" },
    { title: "of the run", of: ({ workMs }) => formatShare(workMs / Math.max(1, tookMs)), align: "right" },
    { title: "tasks", of: ({ attempts }) => attempts, align: "right" },
    {
      title: "the longest",
      of: ({ longestKey, longestMs, attempts }) =>
        attempts > 1 ? `${longestKey} ${formatDuration(longestMs)}` : longestKey,
      maxWidth: 34,
    },
    { title: "waited", of: ({ waits }) => waits.map(({ ms, words }) => `${formatDuration(ms)} ${words}`).join(", ") },
  ]).map((line) => `  ${line}`);
}
