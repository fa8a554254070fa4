import type { PathStretch, RunInsight, WaitCause } from "../../flow/index.ts";
import { formatDuration, formatShare } from "../format.ts";
import { textTable } from "../text-table.ts";

const words: Readonly<Record<WaitCause, string>> = {
  start: "for the run to begin",
  dependency: "for steps before",
  "back-off": "to try again",
  worker: "for a worker",
  resource: "for a resource",
};

/** Waits below this are the runtime's own time, and no news. */
const waitShownMs = 50;

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
    { title: "waited", of: waits },
  ]).map((line) => `  ${line}`);
}

function waits({ waitMs }: PathStretch): string {
  return (Object.entries(waitMs) as [WaitCause, number][])
    .filter(([, ms]) => ms >= waitShownMs)
    .map(([cause, ms]) => `${formatDuration(ms)} ${words[cause]}`)
    .join(", ");
}
