import type { Command } from "commander";
import { withRuns } from "../run-reading.ts";
import { type CommonOptions, openSession } from "../session.ts";

/** `kindred logs`: what the tasks of a run wrote. */
export function addLogs(program: Command): void {
  program
    .command("logs")
    .description("print the logs of a run, a step or a task")
    .argument("<run[/step[/key]]>", "such as 12, 12/match or 12/match/film-3")
    .option("--json", "print one JSON document")
    .action(async (address: string, options: CommonOptions) => {
      const { terminal, home } = openSession(options);
      const [run, step, ...key] = address.split("/");
      const logs = await withRuns(home, (runs) =>
        runs.logs(run as string, step, key.length > 0 ? key.join("/") : undefined),
      );
      terminal.result({ logs }, () => {
        for (const log of logs) {
          if (log.text === "") continue;
          terminal.line(terminal.style("bold", `${log.step}/${log.key} attempt ${log.attempt}`));
          terminal.line(log.text.trimEnd());
        }
      });
    });
}
