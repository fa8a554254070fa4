import { resolve } from "node:path";
import type { Command } from "commander";
import { printEvaluation } from "../evaluation-view.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly truth: string;
}

/** `kindred evaluate`: how good a linkage is, beside the trivial rule. */
export function addEvaluate(program: Command): void {
  program
    .command("evaluate")
    .summary("measure a linkage against the truth")
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
