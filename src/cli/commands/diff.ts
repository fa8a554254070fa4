import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { formatCount } from "../../base/index.ts";
import type { LinkageDiff } from "../../pipelines/index.ts";
import { printDiff } from "../diff-view.ts";
import { wholeNumber } from "../link-options.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly out?: string;
  readonly limit: number;
  readonly people?: boolean;
}

/** Changes of each kind that a JSON document holds; a file (`--out`) holds all. */
const documentMax = 100_000;

/** `kindred diff`: what became of matches and entities between two linkages, and why. */
export function addDiff(program: Command): void {
  program
    .command("diff")
    .summary("how two linkages differ, each change with its cause")
    .description(
      "how two published linkages differ: matches new and lost, entities merged and split, each with the cause",
    )
    .argument("<before>", "what `kindred link` wrote")
    .argument("<after>", "the same of another linkage")
    .addOption(
      new Option("--out <file>", "write every change to this file (.csv, or .jsonl with the parts of each weight)"),
    )
    .option("--people", "compare the people whom works name too")
    .option("--limit <count>", "examples to show of each cause", wholeNumber(0, 1000), 2)
    .option("--json", "print one JSON document")
    .action(diff);
}

async function diff(before: string, after: string, options: Options): Promise<void> {
  const { terminal } = openSession(options);
  const { diffExamples, diffLinkages, writeDiff } = await import("../../pipelines/index.ts");
  const found = await diffLinkages(resolve(before), resolve(after), { withPeople: options.people === true });
  if (options.out !== undefined) await writeDiff(found, resolve(options.out));
  if (options.json === true) {
    const document = documentOf(found);
    if (document.isTruncated)
      terminal.note(`more than ${formatCount(documentMax)} changes: --out FILE writes all of them`);
    return terminal.result(document, () => {});
  }
  printDiff(terminal, found, await diffExamples(found, options.limit));
  if (options.out !== undefined) terminal.line(`every change: ${resolve(options.out)}`);
}

function documentOf(found: LinkageDiff) {
  const { pairDiffs, entityDiffs, ...summary } = found;
  const [pairs, entities] = [pairDiffs().take(documentMax).toArray(), entityDiffs().take(documentMax).toArray()];
  const changes = found.entities.reduce((sum, one) => sum + (one.change === "unchanged" ? 0 : one.changes), 0);
  const isTruncated = pairs.length < found.pairs.new + found.pairs.lost || entities.length < changes;
  return { ...summary, isTruncated, pairDiffs: pairs, entityDiffs: entities };
}
