import type { Command } from "commander";
import { formatMoment } from "../../base/index.ts";
import { type RunFilter, unknownWaits, withRuns, withWait } from "../../flow/index.ts";
import { addAddressOption } from "../cluster.ts";
import { wholeNumber } from "../link-options.ts";
import { noteUnknownWaits, statusText, tookText } from "../run-view/wait-view.ts";
import { type CommonOptions, openSession } from "../session.ts";
import { printTable } from "../text-table.ts";

interface Options extends CommonOptions, RunFilter {
  readonly limit: number;
}

/** `kindred runs`: the runs of this home, newest first. */
export function addRuns(program: Command): void {
  const command = program
    .command("runs")
    .summary("list runs, newest first")
    .description("list runs, newest first")
    .option("--flow <name>", "only runs of this flow")
    .option("--project <name>", "only runs of this project")
    .option("--namespace <name>", "only runs of this namespace, such as user.ada")
    .option("--branch <name>", "only runs on this branch")
    .option("--user <name>", "only runs of this user")
    .option("--tag <tag>", "only runs with this tag")
    .option("--before <run>", "only runs older than this one: the next page")
    .option("--limit <count>", "how many to show", wholeNumber(1, 10_000), 20)
    .option("--json", "print one JSON document");
  addAddressOption(command).action(async (options: Options) => {
    const { terminal, home, runPlaces } = openSession(options);
    const { runs, waits } = await withRuns(home, runPlaces, async (reader) => {
      const listed = await reader.list(filterOf(options));
      const found = await reader.waits(listed);
      return { runs: listed.map((run) => withWait(run, found)), waits: found };
    });
    noteUnknownWaits(terminal, waits);
    terminal.result({ runs, ...unknownWaits(waits) }, () => {
      if (runs.length === 0) return terminal.line(isFiltered(options) ? "no such run" : "no run yet");
      printTable(terminal, runs, [
        { title: "run", of: (run) => run.run },
        { title: "flow", of: (run) => run.flow },
        { title: "branch", of: (run) => run.branch ?? "" },
        { title: "tags", of: (run) => (run.tags ?? []).join(", "), maxWidth: 30 },
        { title: "status", of: statusText },
        { title: "started", of: (run) => formatMoment(run.createdMs), isWhole: true },
        {
          title: "took",
          of: tookText,
          align: "right",
        },
        { title: "error", of: (run) => run.error?.message ?? "", maxWidth: 50 },
      ]);
    });
  });
}

function isFiltered(options: Options): boolean {
  const { limit: _, ...conditions } = filterOf(options);
  return Object.values(conditions).some((condition) => condition !== undefined);
}

function filterOf({ flow, project, namespace, branch, user, tag, before, limit }: Options): RunFilter {
  return { flow, project, namespace, branch, user, tag, before, limit };
}
