import { join, resolve } from "node:path";
import type { Command } from "commander";
import { formatCount } from "../../base/index.ts";
import type { ExtractionResult, Extractor, GazetteerEntry } from "../../infer/index.ts";
import { wholeNumber } from "../link-options.ts";
import { modelSettings } from "../model-settings.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly ontology?: string;
  readonly extractor: string;
  readonly names?: string;
  readonly maxTokens?: number;
  readonly out: string;
}

/** `kindred extract`: documents into claims under an ontology. */
export function addExtract(program: Command): void {
  program
    .command("extract")
    .summary("turn documents into claims, each with its quote")
    .description("turn documents into claims, each with a quote that is found again in its document")
    .argument("<documents...>", ".txt, .md and .jsonl files, folders or globs")
    .option("--ontology <file>", "entity and relation types, as JSON or YAML (default: Kindred's own of films)")
    .option("--extractor <name>", "rules, or model (KINDRED_MODEL_URL, KINDRED_MODEL, KINDRED_MODEL_KEY)", "rules")
    .option("--names <folder>", "a published folder whose titles and names are known to the rules")
    .option("--max-tokens <count>", "stop, resumably, before a model is paid for more", wholeNumber(1, 1e12))
    .requiredOption("--out <file>", "claims as JSON Lines; what was rejected goes beside it with reasons")
    .option("--json", "print one JSON document")
    .action(extract);
}

async function extract(paths: readonly string[], options: Options): Promise<void> {
  const { terminal, home, host } = openSession(options);
  const [{ assertNotHeld }, { claimFilesOf, extractClaims, makeGazetteer, readDocuments, writeClaims }, ontologies] =
    await Promise.all([
      import("../../base/index.ts"),
      import("../../infer/index.ts"),
      import("../../ontology/index.ts"),
    ]);
  const { filmOntology, readOntology } = ontologies;
  // Before a model is paid for.
  for (const file of Object.values(claimFilesOf(resolve(options.out)))) await assertNotHeld(file);
  const extractor = await extractorNamed(options.extractor, home);
  const ontology = options.ontology === undefined ? filmOntology : await readOntology(options.ontology);
  const result = await extractClaims({
    documents: await readDocuments(paths),
    ontology,
    extractor,
    gazetteer: makeGazetteer(options.names === undefined ? [] : await publishedNames(resolve(options.names))),
    onDocument: (done, total) => terminal.status(`${done} of ${total} documents`),
    ...(options.maxTokens === undefined ? {} : { budget: { maxTokens: options.maxTokens } }),
    ...signalOf(host().signal),
  });
  const files = await writeClaims(resolve(options.out), result);
  const summary = summaryOf(result);
  terminal.result({ ...summary, files }, () => {
    terminal.line(
      `${formatCount(summary.claims)} claims, ${formatCount(summary.rejected)} rejected: ${files.claims}, ${files.rejected}`,
    );
    if (summary.conflicts > 0) terminal.line(`${summary.conflicts} contradictions among them: ${files.conflicts}`);
    const { requests, inputTokens, outputTokens, money } = summary.usage;
    const cost = money === 0 ? "" : `, ${Number(money.toPrecision(3))} in money`;
    if (requests > 0)
      terminal.line(
        `${formatCount(requests)} answers of a model: ${formatCount(inputTokens + outputTokens)} tokens${cost}`,
      );
    for (const { document, error } of result.errors) terminal.note(`${document} was not read: ${error.message}`);
  });
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function summaryOf(
  result: ExtractionResult,
): Record<"claims" | "rejected" | "conflicts" | "failedDocuments", number> & Pick<ExtractionResult, "usage"> {
  return {
    claims: result.claims.length,
    rejected: result.rejected.length,
    conflicts: result.conflicts.length,
    failedDocuments: result.errors.length,
    usage: result.usage,
  };
}

async function extractorNamed(name: string, home: string): Promise<Extractor> {
  const { modelExtractor, ruleExtractor } = await import("../../infer/index.ts");
  if (name === "rules") return ruleExtractor();
  const settings = modelSettings(process.env);
  // Any other name is that of a model on the same server.
  const chosen = name === "model" ? settings : { ...settings, model: name };
  return modelExtractor({ settings: chosen, cacheDirectory: join(home, "model-answers") });
}

async function publishedNames(directory: string): Promise<GazetteerEntry[]> {
  const { knownNames, openLinkage } = await import("../../pipelines/index.ts");
  const { blobs, state } = await openLinkage(directory);
  return knownNames(blobs, state.sources);
}
