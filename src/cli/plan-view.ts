import type { PlanResult } from "../pipelines/index.ts";
import { formatCount, formatDuration } from "./format.ts";
import type { Terminal } from "./terminal.ts";
import { textTable } from "./text-table.ts";

/** Pairs that one core scores in a second, measured on the film catalogues: for the guess of the time only. */
const pairsPerCpuSecond = 300_000;

/** Prints a plan: how each source is read, which pairs each rule makes, what is left out. */
export function showPlan(terminal: Terminal, plan: PlanResult): void {
  terminal.result(plan, () => {
    for (const source of plan.sources) printSource(terminal, source);
    for (const type of plan.types) printType(terminal, type);
    const pairs = plan.types.flatMap((type) => type.plan.pairsByRule).reduce((sum, rule) => sum + rule.pairs, 0);
    terminal.line(
      `\nAbout ${formatCount(pairs)} pairs, ${formatDuration((pairs / pairsPerCpuSecond) * 1000)} of one core to score them.`,
    );
  });
}

function printSource(terminal: Terminal, source: PlanResult["sources"][number]): void {
  terminal.line(
    terminal.style("bold", `\n${source.source}: ${formatCount(source.rowCount)} records of type ${source.entityType}`),
  );
  terminal.line(`  ${source.format}; ids: ${source.id}`);
  const lines = textTable(source.fields, [
    { title: "field", of: (field) => field.field },
    { title: "from", of: (field) => field.from, maxWidth: 24 },
    { title: "kind", of: (field) => field.kind },
    { title: "filled", of: (field) => `${Math.round(field.filledPercent)} %`, align: "right" },
    { title: "compared", of: (field) => (field.evidence ? "yes" : "no") },
    { title: "sample", of: (field) => field.sample, maxWidth: 28 },
  ]);
  for (const line of lines) terminal.line(`  ${line}`);
  for (const { column, why } of source.leftOut) terminal.line(`  left out: ${column} (${why})`);
  terminal.line(`  null: ${source.placeholders}`);
  for (const note of source.notes) terminal.line(`  note: ${note}`);
}

function printType(terminal: Terminal, type: PlanResult["types"][number]): void {
  if (type.plan.pairsByRule.length === 0) return;
  terminal.line(terminal.style("bold", `\npairs of type ${type.entityType}`));
  const lines = textTable(type.plan.pairsByRule, [
    { title: "blocking rule", of: (rule) => rule.rule },
    { title: "pairs", of: (rule) => formatCount(rule.pairs), align: "right" },
  ]);
  for (const line of lines) terminal.line(`  ${line}`);
  for (const block of type.plan.droppedBlocks) {
    terminal.line(
      `  too large, left out of "${block.rule}": ${block.example ?? `key ${block.key}`} (${formatCount(block.pairs)} pairs)`,
    );
  }
}
