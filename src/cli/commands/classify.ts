import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { ClassifyRequest } from "../../pipelines/index.ts";
import { printClassification } from "../classification-view.ts";
import { collectList } from "../link-options.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions, Omit<ClassifyRequest, "reasons"> {
  readonly reasons?: boolean;
}

/** `kindred classify`: learns from labelled pairs, and gives others a probability. */
export function addClassify(program: Command): void {
  program
    .command("classify")
    .summary("learn from labelled pairs to classify others")
    .description("learn from labelled pairs (label, left_*, right_*), and give every pair of a file its probability")
    .option(
      "--train <file>",
      "labelled pairs to learn from: csv, tsv, json, jsonl, parquet or arrow, also .gz and .zst",
    )
    .option("--valid <file>", "more labelled pairs, which are reported apart")
    .requiredOption("--test <file>", "the pairs to classify; labels are only measured by, and may be absent")
    .requiredOption("--out <file>", "CSV with a probability for each pair of --test, in its order")
    .option(
      "--ignore <columns>",
      "columns that are never evidence, separated by commas; of both sides",
      collectList,
      [],
    )
    .option("--no-context", "see each pair by itself, not beside the other pairs of its records")
    .option("--reasons", "write the strongest reasons beside each probability")
    .option("--model-out <file>", "keep the fitted model, as JSON")
    .addOption(
      new Option("--model <file>", "a model that --model-out kept, in place of --train").conflicts([
        "train",
        "valid",
        "modelOut",
      ]),
    )
    .option("--json", "print one JSON document")
    .action(classify);
}

async function classify(options: Options): Promise<void> {
  const { terminal } = openSession(options);
  const { classifyPairs } = await import("../../pipelines/index.ts");
  const { json: _json, ...request } = { ...options, out: resolve(options.out), reasons: options.reasons === true };
  const result = await classifyPairs(request, (done, total) => terminal.status(`learning: ${done} of ${total} fits`));
  terminal.status("");
  terminal.result(result, () => printClassification(terminal, result));
}
