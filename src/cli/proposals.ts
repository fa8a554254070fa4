import type { Proposal } from "../graph/index.ts";
import type { Terminal } from "./terminal.ts";

/** Prints proposed entities, each with the reasons it is proposed for. */
export function printProposals(terminal: Terminal, proposals: readonly Proposal[]): void {
  if (proposals.length === 0) return terminal.line("nothing to propose: too little is known");
  for (const { label, year, id, reasons } of proposals) {
    terminal.line(`${terminal.style("bold", label)}${year === null ? "" : ` (${year})`}  ${terminal.style("dim", id)}`);
    for (const reason of reasons.slice(0, 3)) terminal.line(`    ${reason.text}${likedText(reason.liked)}`);
  }
}

function likedText(liked: Proposal["reasons"][number]["liked"]): string {
  return liked && liked.length > 0 ? `, as ${liked.map((entity) => entity.label).join(", ")}` : "";
}
