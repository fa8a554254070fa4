import type { Command } from "commander";
import { resumeCommand, stopRun, withRuns } from "../../flow/index.ts";
import { addAddressOption } from "../cluster.ts";
import { latestRun } from "../run-reading.ts";
import { type CommonOptions, openSession } from "../session.ts";

/** `kindred stop`: what Ctrl-C does where a run was typed, from anywhere. */
export function addStop(program: Command): void {
  addAddressOption(program.command("stop"))
    .summary("stop a run as Ctrl-C does, to be gone on with later")
    .description(
      "stop a run of a cluster, or of this machine, as Ctrl-C does where it was typed: politely and resumably",
    )
    .argument("<run>", "the number of a run, or latest")
    .option("--json", "print one JSON document")
    .action(async (name: string, options: CommonOptions) => {
      const { terminal, home, places, runPlaces } = openSession(options);
      const number = await withRuns(home, places, (runs) => latestRun(home, runs, name));
      const run = await stopRun(home, runPlaces, number);
      const { status } = run;
      terminal.result({ run: number, status }, () => {
        terminal.line(`run ${number} is ${status}`);
        if (status === "interrupted") terminal.line(`go on with: ${resumeCommand(run)}`);
      });
    });
}
