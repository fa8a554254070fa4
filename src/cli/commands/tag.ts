import type { Command } from "commander";
import { withRuns } from "../../flow/index.ts";
import { latestRun } from "../run-reading.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly remove?: boolean;
}

/** `kindred tag`: words to find a run by, given to it at any time. */
export function addTag(program: Command): void {
  program
    .command("tag")
    .summary("give a run words to find it by")
    .description("tag a run, so that kindred runs --tag finds it")
    .argument("<run>", "the number of a run, or latest")
    .argument("<tags...>", "tags to add")
    .option("--remove", "take the tags away instead")
    .option("--json", "print one JSON document")
    .action(async (run: string, tags: string[], options: Options) => {
      const { terminal, home, places } = openSession(options);
      const [number, left] = await withRuns(home, places, async (runs) => {
        const found = await latestRun(home, runs, run);
        return [found, await (options.remove ? runs.untag(found, tags) : runs.tag(found, tags))] as const;
      });
      const line = left.length === 0 ? `run ${number} has no tags` : `run ${number} is tagged ${left.join(", ")}`;
      terminal.result({ run: number, tags: left }, () => terminal.line(line));
    });
}
