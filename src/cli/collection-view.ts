import { formatBytes, formatCount } from "../base/index.ts";
import type { CollectedKind, CollectionProgress, CollectionReport, Kept } from "../flow/index.ts";
import { pace } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { printTable } from "./text-table.ts";

/** Runs that are shown one by one. */
const shownRuns = 20;

/** How often the status line is drawn while a stage goes on. */
const redrawMs = 100;

const kinds: Readonly<Record<CollectedKind, string>> = {
  runs: "runs",
  versions: "versions of data sets",
  blobs: "blobs",
  leftovers: "half written blobs",
  logs: "logs of runs that are gone",
  "task-folders": "work folders that tasks left",
  "blob-copies": "copies of blobs",
  code: "code packages unpacked here",
  compiled: "compiled code",
};

const reasons: Readonly<Record<string, string>> = {
  "runs running": "running",
  "runs tagged": "tagged keep",
  "runs recent": "within the time to keep",
  "runs newest": "the newest of their flow and namespace",
  "runs production": "made what production has",
  "runs other-project": "of another project",
  "versions published": "published",
  "versions recent": "replaced within the time to keep",
  "versions newest": "the newest",
  "versions pinned": "seen by a run that may go on",
  "versions production": "of production",
  "versions other-project": "of another project",
  "blobs named": "named by what is kept",
  "blobs recent": "put lately",
};

/** Prints what a collection took away, or would, and why it keeps the rest. */
export function printCollection(terminal: Terminal, report: CollectionReport): void {
  const { runs, collected, kept, isDry } = report;
  if (runs.length > 0) printRuns(terminal, report);
  if (runs.length > shownRuns) terminal.line(`and ${formatCount(runs.length - shownRuns)} more (--json lists them)`);
  if (runs.length > 0) terminal.line();
  const rows = collected.filter(({ count }) => count > 0);
  if (rows.length === 0) terminal.line(isDry ? "nothing would be removed" : "nothing to remove");
  else
    printTable(terminal, rows, [
      { title: isDry ? "would go" : "removed", of: ({ kind }) => kinds[kind] },
      { title: "count", of: ({ count }) => formatCount(count), align: "right" },
      { title: "bytes", of: ({ byteCount }) => (byteCount === 0 ? "" : formatBytes(byteCount)), align: "right" },
    ]);
  const byteCount = rows.reduce((sum, row) => sum + row.byteCount, 0);
  if (byteCount > 0) terminal.line(`${formatBytes(byteCount)} ${isDry ? "would be freed" : "freed"}`);
  printKept(
    terminal,
    kept.filter(({ count }) => count > 0),
  );
}

function printKept(terminal: Terminal, kept: readonly Kept[]): void {
  if (kept.length === 0) return;
  terminal.line();
  printTable(terminal, kept, [
    { title: "kept", of: ({ kind }) => kinds[kind] },
    { title: "count", of: ({ count }) => formatCount(count), align: "right" },
    { title: "bytes", of: ({ byteCount }) => (byteCount === 0 ? "" : formatBytes(byteCount)), align: "right" },
    { title: "why", of: ({ kind, why }) => reasons[`${kind} ${why}`] ?? why },
  ]);
}

function printRuns(terminal: Terminal, { runs }: CollectionReport): void {
  printTable(terminal, runs.slice(0, shownRuns), [
    { title: "run", of: ({ run }) => run, align: "right" },
    { title: "flow", of: ({ flow }) => flow, maxWidth: 24 },
    { title: "namespace", of: ({ namespace }) => namespace ?? "", maxWidth: 24 },
    { title: "status", of: ({ status }) => status },
    { title: "ended", of: ({ endedMs }) => new Date(endedMs).toISOString().slice(0, 10), isWhole: true },
  ]);
}

/** Shows how far a collection is, on the status line: not at every one of a million blobs. */
export function showCollecting(terminal: Terminal): (progress: CollectionProgress) => void {
  let stage = "";
  let [beganMs, drawnMs] = [0, 0];
  return (progress) => {
    const { done, total } = progress;
    const nowMs = performance.now();
    if (progress.stage !== stage) [stage, beganMs] = [progress.stage, nowMs];
    else if (nowMs - drawnMs < redrawMs) return;
    drawnMs = nowMs;
    const known = total === null ? "" : ` of ${formatCount(total)}`;
    const left = total === null ? "" : pace(done, total, nowMs - beganMs, "");
    terminal.status(`${stage}: ${formatCount(done)}${known}${left}`);
  };
}
