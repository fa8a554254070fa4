import { formatCount, formatShare } from "../base/index.ts";
import type { DataSetPromotion, VersionComparison } from "../pipelines/index.ts";
import { printDiff } from "./diff-view.ts";
import type { Terminal } from "./terminal.ts";
import { printTable } from "./text-table.ts";

/** Examples of each cause of a change. */
const examplesShown = 1;

/** Prints how a data set differs from what production has, and what the gates say to it. */
export async function printPromotion(
  terminal: Terminal,
  { name, from, gates, figures }: DataSetPromotion,
  { linkage }: VersionComparison,
): Promise<void> {
  if (terminal.json) return;
  terminal.line(
    terminal.style(
      "bold",
      `${name}: ${from === null ? "the first in production" : `beside version ${from}, which production has`}`,
    ),
  );
  if (linkage !== null) {
    const { diffExamples } = await import("../pipelines/index.ts");
    const [before, after] = [`${name} version ${from}`, name];
    const named = {
      ...linkage,
      before: { ...linkage.before, directory: before },
      after: { ...linkage.after, directory: after },
    };
    printDiff(terminal, named, await diffExamples(linkage, examplesShown));
  } else {
    for (const [figure, value] of Object.entries(figures)) terminal.line(`  ${figure}: ${figureText(figure, value)}`);
  }
  terminal.line();
  if (gates.length === 0) return terminal.line("kindred.yaml declares no gate for it\n");
  printTable(terminal, gates, [
    { title: "gate", of: ({ gate }) => gate },
    { title: "bound", of: ({ figure, bound }) => figureText(figure, bound), align: "right" },
    { title: "seen", of: ({ figure, seen }) => figureText(figure, seen), align: "right" },
    { title: "", of: ({ passed }) => (passed ? "passed" : "FAILED") },
  ]);
  terminal.line();
}

const shares = new Set(["precision", "recall", "f1", "matchesLostShare"]);

/** A figure of a gate: a share as a percentage, anything else as a count. */
export function figureText(figure: string, value: number | null): string {
  if (value === null || value === undefined) return "not known";
  return shares.has(figure) ? formatShare(value) : formatCount(value);
}
