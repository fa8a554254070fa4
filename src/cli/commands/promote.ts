import { userInfo } from "node:os";
import type { Command } from "commander";
import { withRuns } from "../../flow/index.ts";
import { withDataSets } from "../data-set-reading.ts";
import { collect } from "../link-options.ts";
import { readProject } from "../project-file.ts";
import { printPromotion } from "../promotion-view.ts";
import { latestRun } from "../run-reading.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly dataset: readonly string[];
  readonly dryRun?: boolean;
  readonly reason?: string;
}

/** `kindred promote`: the only way into production. */
export function addPromote(program: Command): void {
  program
    .command("promote")
    .summary("bring what a run made into production, past its gates")
    .description(
      "bring what a run made into production: shows the difference, checks the gates, then all of it at once",
    )
    .argument("<run>", "the number of a run that is done, or latest")
    .option("--dataset <name>", "this data set alone (repeatable; default: all that the run made)", collect, [])
    .option("--reason <text>", "why, for the record")
    .option("--dry-run", "show the difference and the gates, and change nothing; needs no token")
    .option("--json", "print one JSON document")
    .action(promote);
}

async function promote(address: string, options: Options): Promise<void> {
  const session = openSession(options);
  const { terminal, home, places, productionToken: token } = session;
  const { promoteRun } = await import("../../pipelines/index.ts");
  const project = await readProject(process.cwd());
  const run = await withRuns(home, places, (runs) => latestRun(home, runs, address));
  const result = await withDataSets(session, (dataSets) =>
    promoteRun(dataSets, {
      ...{ run, only: options.dataset, project, token, by: userInfo().username },
      reason: options.reason ?? null,
      dryRun: options.dryRun === true,
      onCompared: (promotion, comparison) => printPromotion(terminal, promotion, comparison),
    }),
  );
  terminal.result(result, () => {
    if (options.dryRun === true)
      return terminal.line(
        result.isAllowed ? `kindred promote ${run} would bring it into production` : "the gates would not let it in",
      );
    for (const { name, version, previous } of result.published)
      terminal.line(
        `${name} is at version ${version} in production${previous === null ? "" : `; kindred rollback ${name} goes back to ${previous}`}`,
      );
  });
}
