import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { formatCount } from "../../base/index.ts";
import { addLinkOptions, type LinkOptions } from "../link-options.ts";
import { linkageRequest } from "../linkage-request.ts";
import { showPlan } from "../plan-view.ts";
import { rememberPublished } from "../published.ts";
import { recallLines } from "../recall-view.ts";
import { addPlaceOptions, type PlaceOptions, placedHost } from "../run-place.ts";
import { openSession } from "../session.ts";

interface Options extends LinkOptions, PlaceOptions {
  readonly dataset?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly format: "csv" | "parquet";
}

/** `kindred link`: links sources into entities and a graph. */
export function addLink(program: Command): void {
  const command = program
    .command("link")
    .summary("link sources into entities and a graph")
    .description("link sources into entities and a graph");
  addLinkOptions(command)
    .option("--out <folder>", "where the result goes: replaced in one step if kindred wrote it, refused otherwise")
    .option("--dataset <name>", "publish the result as a data set of the run's namespace, beside --out or in its place")
    .option("--dry-run", "plan only, as `kindred plan`")
    .addOption(new Option("--format <format>", "of matches and entities").choices(["csv", "parquet"]).default("csv"));
  addPlaceOptions(command).action(link);
}

async function link(sources: readonly string[], options: Options): Promise<void> {
  const session = openSession(options);
  const { terminal, home } = session;
  const { runLinkage, runPlan } = await import("../../pipelines/index.ts");
  const request = {
    ...(await linkageRequest(sources, options, home)),
    out: options.out === undefined ? "" : resolve(options.out),
    dataSet: options.dataset ?? "",
    format: options.format,
  };
  const host = await placedHost(session, options, options.workers);
  if (options.dryRun === true) return showPlan(terminal, await runPlan(request, host));
  const result = await runLinkage(request, host);
  if (result.out !== "") await rememberPublished(home, result.out);
  terminal.result(result, () => {
    const { matches, review, entities, outcomes } = result.counts;
    terminal.line(
      `${formatCount(matches)} matches, ${formatCount(review)} pairs for review, ${formatCount(entities)} entities`,
    );
    const { new: fresh, match, review: open, rejected } = outcomes;
    terminal.line(`records: ${formatCount(fresh)} new, ${formatCount(match)} with a match`);
    terminal.line(`         ${formatCount(open)} for review, ${formatCount(rejected)} rejected`);
    for (const recall of result.blockingRecall) {
      const [known, from] = recallLines(recall);
      terminal.line(`${recall.entityType}: ${known}\n${from}`);
    }
    const graph = request.graph === false ? "" : ", graph/";
    if (request.dataSet !== "")
      terminal.line(`${request.dataSet}: a data set of ${host.namespace}, made by run ${result.run}`);
    if (result.out === "") return terminal.line(`kindred promote ${result.run} brings it into production`);
    terminal.line(`in ${result.out}:`);
    terminal.line("  matches.csv, entities.csv, review.csv, outcomes.csv");
    terminal.line(`  plan.json, model.json, report.html${graph}`);
    if (result.hasRejects) terminal.line("Bad rows were set aside: rejects.jsonl says which and why");
    terminal.line(`kindred ui                 the graph and run ${result.run} in a browser`);
    terminal.line("kindred explain ENTITY     why its records are one");
  });
}
