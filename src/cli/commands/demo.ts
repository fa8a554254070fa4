import { join, resolve } from "node:path";
import type { Command } from "commander";
import { readDecisions } from "../decisions.ts";
import { wholeNumber } from "../link-options.ts";
import { rememberPublished } from "../published.ts";
import { type CommonOptions, openSession } from "../session.ts";
import { printStory } from "../story-view.ts";

interface Options extends CommonOptions {
  readonly out?: string;
  readonly workers?: number;
}

/** `kindred demo`: the main job on catalogues that npm packages ship. */
export function addDemo(program: Command): void {
  program
    .command("demo")
    .summary("the whole on four real catalogues that npm packages ship")
    .description("build a graph from four real catalogues that npm packages ship, and tell what was found")
    .option("--out <folder>", "where the result goes (default: demo in the folder of runs)")
    .option("--workers <count>", "worker processes (default: one a core)", wholeNumber(1, 256))
    .option("--json", "print one JSON document")
    .action(demo);
}

async function demo(options: Options): Promise<void> {
  const { terminal, home, host } = openSession(options);
  const { demoConfig, runLinkage, tellStory } = await import("../../pipelines/index.ts");
  const config = demoConfig(process.cwd());
  const out = options.out === undefined ? join(home, "demo") : resolve(options.out);
  const request = {
    sources: config.sources,
    documents: config.documents ?? [],
    occupations: config.occupations ?? {},
    asOfYear: config.asOfYear ?? null,
    decisions: await readDecisions(home),
    out,
  };
  const result = await runLinkage(request, host(options.workers));
  await rememberPublished(home, result.out);
  const story = await tellStory(result.out);
  terminal.result({ ...result, story }, () => {
    printStory(terminal, story);
    terminal.line();
    terminal.line(
      "Look at it:    kindred ui                     (npx kindred ui, or bin/kindred ui, in the repository)",
    );
    terminal.line('Go on:         kindred search "toy story"     kindred explain "Toy Story 1995"');
  });
}
