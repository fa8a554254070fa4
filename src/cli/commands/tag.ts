import type { Command } from "commander";
import { withRuns } from "../../flow/index.ts";
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
    .argument("<run>", "the number of a run")
    .argument("<tags...>", "tags to add")
    .option("--remove", "take the tags away instead")
    .option("--json", "print one JSON document")
    .action(async (run: string, tags: string[], options: Options) => {
      const { terminal, home, places } = openSession(options);
      const left = await withRuns(home, places, (runs) =>
        options.remove ? runs.untag(run, tags) : runs.tag(run, tags),
      );
      const line = left.length === 0 ? `run ${run} has no tags` : `run ${run} is tagged ${left.join(", ")}`;
      terminal.result({ run, tags: left }, () => terminal.line(line));
    });
}
