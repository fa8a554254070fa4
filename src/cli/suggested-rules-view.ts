import { formatCount, formatShare } from "../base/index.ts";
import type { SuggestedRule } from "../linkage/index.ts";
import type { Terminal } from "./terminal.ts";
import { printTable } from "./text-table.ts";

/** Prints candidate rules with what each would find and cost, and the chosen ones as a configuration has them. */
export function printSuggested(terminal: Terminal, entityType: string, suggested: readonly SuggestedRule[]): void {
  if (suggested.length === 0) return terminal.line("  no field of this type makes a blocking rule");
  const matches = suggested[0]?.matches ?? 0;
  terminal.line(
    terminal.style("bold", `\nsuggested rules of type ${entityType}, by ${formatCount(matches)} matches in a sample`),
  );
  printTable(
    terminal,
    suggested,
    [
      { title: "", of: ({ chosen }) => chosen ?? "", align: "right" },
      { title: "rule", of: ({ rule }) => rule.name, maxWidth: 34 },
      { title: "pairs", of: ({ pairs }) => formatCount(pairs), align: "right" },
      { title: "recall", of: ({ recall }) => (recall === null ? "" : formatShare(recall)), align: "right" },
      { title: "95 %", of: intervalText, align: "right" },
      { title: "new", of: ({ newMatches, chosen }) => (chosen === null ? "" : newMatches), align: "right" },
    ],
    "  ",
  );
  const chosen = suggested.filter((one) => one.chosen !== null);
  if (chosen.length === 0) return terminal.line("  too few matches in the sample to choose among them");
  terminal.line("  largest block of each:");
  for (const { chosen: at, largestBlock } of chosen)
    if (largestBlock !== null)
      terminal.line(`  ${String(at).padStart(2)}  ${formatCount(largestBlock.pairs)} pairs: ${largestBlock.example}`);
  terminal.line("  in a configuration:");
  terminal.line(`    linkage: { ${JSON.stringify(entityType)}: { rules: [`);
  for (const { rule } of chosen)
    terminal.line(`      ${JSON.stringify(rule.topK ? rule : { name: rule.name, keys: rule.keys })},`);
  terminal.line("    ] } }");
}

function intervalText({ interval }: SuggestedRule): string {
  return interval === null ? "" : `${(interval.low * 100).toFixed(0)}-${(interval.high * 100).toFixed(0)} %`;
}
