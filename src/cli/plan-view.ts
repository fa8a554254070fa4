import type { PlanResult } from "../pipelines/index.ts";
import { formatCount, formatDuration, formatShare } from "./format.ts";
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

/** Blocks that make less than this share of a type's pairs are not worth a line. */
const shownShareMin = 0.05;
const shownMax = 3;

function printType(terminal: Terminal, type: PlanResult["types"][number]): void {
  const { pairsByRule, pairsByShard, largestBlocks, splitBlocks, droppedBlocks } = type.plan;
  if (pairsByRule.length === 0) return;
  terminal.line(terminal.style("bold", `\npairs of type ${type.entityType}`));
  const pairs = pairsByRule.reduce((sum, rule) => sum + rule.pairs, 0);
  const share = (part: number): string => formatShare(pairs === 0 ? 0 : part / pairs);
  const lines = textTable(pairsByRule, [
    { title: "blocking rule", of: (rule) => rule.rule },
    { title: "pairs", of: (rule) => formatCount(rule.pairs), align: "right" },
    { title: "share", of: (rule) => share(rule.pairs), align: "right" },
  ]);
  for (const line of lines) terminal.line(`  ${line}`);
  const shard = Math.max(0, ...pairsByShard);
  if (pairsByShard.length > 1)
    terminal.line(`  ${pairsByShard.length} shards; the largest makes ${formatCount(shard)} pairs (${share(shard)})`);
  const changed = new Set([...splitBlocks, ...droppedBlocks].map((block) => block.key));
  for (const block of largestBlocks.slice(0, shownMax))
    if (!changed.has(block.key) && block.pairs >= pairs * shownShareMin)
      terminal.line(
        `  large block of "${block.rule}": ${named(block)} makes ${formatCount(block.pairs)} pairs (${share(block.pairs)})`,
      );
  for (const block of splitBlocks)
    terminal.line(
      `  too large, split by ${block.by.field} (${block.by.maker}): ${named(block)} of "${block.rule}" would make ${formatCount(block.pairs)} pairs, then about ${formatCount(block.pairsAfter)}`,
    );
  for (const block of droppedBlocks)
    terminal.line(`  too large, left out of "${block.rule}": ${named(block)} (${formatCount(block.pairs)} pairs)`);
}

function named(block: { readonly key: number; readonly example: string | null }): string {
  return block.example ?? `key ${block.key}`;
}
