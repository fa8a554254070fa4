import { resolve } from "node:path";
import type { Command } from "commander";
import type { LinkageEvaluation } from "../../pipelines/index.ts";
import { formatShare } from "../format.ts";
import { type CommonOptions, openSession } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { textTable } from "../text-table.ts";

interface Options extends CommonOptions {
  readonly truth: string;
}

/** Wrong merges that are listed by name in the terminal; `--json` has all. */
const wrongMergesShown = 50;

/** `kindred evaluate`: how good a linkage is, beside the trivial rule. */
export function addEvaluate(program: Command): void {
  program
    .command("evaluate")
    .description("measure a published linkage against the truth, beside the trivial rule")
    .argument("<folder>", "what `kindred link` wrote")
    .requiredOption("--truth <file>", "CSV of source,id,cluster or of labelled pairs")
    .option("--json", "print one JSON document")
    .action(async (folder: string, options: Options) => {
      const { terminal } = openSession(options);
      const { evaluateLinkage } = await import("../../pipelines/index.ts");
      const result = await evaluateLinkage(resolve(folder), options.truth);
      terminal.result(result, () => printEvaluation(terminal, result));
    });
}

function printEvaluation(terminal: Terminal, result: LinkageEvaluation): void {
  const rows = [
    { what: "kindred", ...result.pairs },
    ...(result.trivial ? [{ what: "trivial rule", ...result.trivial }] : []),
  ];
  const score = (value: number): string => value.toFixed(4);
  for (const line of textTable(rows, [
    { title: "pairs", of: (row) => row.what },
    { title: "precision", of: (row) => score(row.precision), align: "right" },
    { title: "recall", of: (row) => score(row.recall), align: "right" },
    { title: "F1", of: (row) => score(row.f1), align: "right" },
    { title: "right", of: (row) => row.truePositives, align: "right" },
    { title: "wrong", of: (row) => row.falsePositives, align: "right" },
    { title: "missed", of: (row) => row.falseNegatives, align: "right" },
  ])) {
    terminal.line(line);
  }
  const { bCubed } = result;
  if (bCubed)
    terminal.line(
      `B-cubed: precision ${score(bCubed.precision)}, recall ${score(bCubed.recall)}, F1 ${score(bCubed.f1)}`,
    );
  printCategories(terminal, result);
  if (result.calibration.length > 0)
    terminal.line(`calibration error over ${result.calibration.length} bins: ${formatShare(result.calibrationError)}`);
  for (const { left, right } of result.wrongMerges.slice(0, wrongMergesShown)) {
    terminal.line(`wrong merge: ${left.source}/${left.id} with ${right.source}/${right.id}`);
  }
}

function printCategories(terminal: Terminal, result: LinkageEvaluation): void {
  if (result.byCategory.length === 0) return;
  for (const line of textTable(result.byCategory, [
    { title: "category", of: (row) => row.category },
    {
      title: "found",
      of: (row) => `${row.pairs.truePositives} of ${row.pairs.truePositives + row.pairs.falseNegatives}`,
      align: "right",
    },
    {
      title: "kept apart",
      of: (row) => `${row.pairs.trueNegatives} of ${row.pairs.trueNegatives + row.pairs.falsePositives}`,
      align: "right",
    },
  ])) {
    terminal.line(line);
  }
}
