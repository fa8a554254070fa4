import { formatCount, formatShare } from "../base/index.ts";
import type { ClassifyResult } from "../pipelines/index.ts";
import { printCalibration } from "./calibration-view.ts";
import type { Terminal } from "./terminal.ts";
import { printTable } from "./text-table.ts";

const importanceShown = 8;

/** Prints what a classification came to: scores of what has labels, calibration, and what the model goes by. */
export function printClassification(terminal: Terminal, result: ClassifyResult): void {
  const rows = [
    { who: "learnt from, each unseen", scores: result.learnt },
    { who: "of these, valid", scores: result.valid },
    { who: "test", scores: result.test },
  ].flatMap(({ who, scores }) => (scores === null ? [] : [{ who, scores }]));
  printTable(terminal, rows, [
    { title: "pairs", of: ({ who }) => who },
    { title: "labelled", of: ({ scores }) => formatCount(scores.labelled), align: "right" },
    { title: "precision", of: ({ scores }) => scores.precision.toFixed(4) },
    { title: "recall", of: ({ scores }) => scores.recall.toFixed(4) },
    { title: "F1", of: ({ scores }) => scores.f1.toFixed(4) },
  ]);
  terminal.line();
  const shown = result.test ?? result.learnt;
  if (shown !== null) printCalibration(terminal, shown);
  const by = result.importance
    .slice(0, importanceShown)
    .map(({ feature, share }) => `${feature} ${formatShare(share)}`);
  if (by.length > 0) terminal.line(`it goes by: ${by.join("; ")}`);
  terminal.line(
    `${result.out}: ${formatCount(result.pairs)} probabilities, ${formatCount(result.matches)} of them at .5 or above`,
  );
}
