import { formatBytes, formatCount, formatDuration, formatShare } from "../base/index.ts";
import type { PlanResult } from "../pipelines/index.ts";
import { blockLines } from "./block-lines.ts";
import { recallLines } from "./recall-view.ts";
import { printSuggested } from "./suggested-rules-view.ts";
import type { Terminal } from "./terminal.ts";
import { printTable } from "./text-table.ts";

/** Prints a plan: how each source is read, which pairs each rule makes, what is left out. */
export function showPlan(terminal: Terminal, plan: PlanResult): void {
  terminal.result(plan, () => {
    for (const source of plan.sources) printSource(terminal, source);
    for (const type of plan.types) printType(terminal, type);
    printCost(terminal, plan);
  });
}

function printSource(terminal: Terminal, source: PlanResult["sources"][number]): void {
  terminal.line(
    terminal.style("bold", `\n${source.source}: ${formatCount(source.rowCount)} records of type ${source.entityType}`),
  );
  terminal.line(`  ${source.format}; ids: ${source.id}`);
  printTable(
    terminal,
    source.fields,
    [
      { title: "field", of: (field) => field.field },
      { title: "from", of: (field) => field.from, maxWidth: 24 },
      { title: "kind", of: (field) => field.kind },
      { title: "filled", of: (field) => `${Math.round(field.filledPercent)} %`, align: "right" },
      { title: "compared", of: (field) => (field.evidence ? "yes" : "no") },
      { title: "sample", of: (field) => field.sample, maxWidth: 28 },
    ],
    "  ",
  );
  for (const { column, why } of source.leftOut) terminal.line(`  left out: ${column} (${why})`);
  terminal.line(`  null: ${source.placeholders}`);
  for (const note of source.notes) terminal.line(`  note: ${note}`);
}

function printType(terminal: Terminal, type: PlanResult["types"][number]): void {
  const { pairsByRule } = type.plan;
  if (pairsByRule.length === 0) return;
  terminal.line(terminal.style("bold", `\npairs of type ${type.entityType}`));
  const pairs = pairsByRule.reduce((sum, rule) => sum + rule.pairs, 0);
  printTable(
    terminal,
    pairsByRule,
    [
      { title: "blocking rule", of: (rule) => rule.rule, maxWidth: 50 },
      { title: "pairs", of: (rule) => formatCount(rule.pairs), align: "right" },
      { title: "share", of: (rule) => formatShare(pairs === 0 ? 0 : rule.pairs / pairs), align: "right" },
    ],
    "  ",
  );
  for (const line of blockLines(type.plan)) terminal.line(`  ${line}`);
  for (const line of recallLines(type.preview.recall)) terminal.line(`  ${line}`);
  terminal.line(`  (told from ${formatCount(type.preview.records)} sampled records)`);
  if (type.preview.suggested !== null) printSuggested(terminal, type.entityType, type.preview.suggested);
}

function printCost(terminal: Terminal, { types }: PlanResult): void {
  const costs = types.map(({ plan, preview, recordCount }) => {
    const pairs = plan.pairsByRule.reduce((sum, rule) => sum + rule.pairs, 0);
    const { secondsPerThousand: seconds } = preview;
    return { pairs, records: recordCount, ms: recordCount * seconds.records + pairs * seconds.pairs };
  });
  const sum = (of: "pairs" | "records" | "ms"): number => costs.reduce((total, cost) => total + cost[of], 0);
  terminal.line(
    `\nAt most ${formatCount(sum("pairs"))} pairs of ${formatCount(sum("records"))} records: about ${formatDuration(sum("ms"))} of one core`,
  );
  terminal.line("to block and score them; reading the sources again comes on top.");
  const bytes = Math.max(0, ...types.map(({ preview }) => preview.shardBytesMax));
  terminal.line(`The largest shard holds ${formatBytes(bytes)}; --shards makes more and smaller ones.`);
}
