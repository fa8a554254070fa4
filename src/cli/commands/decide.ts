import type { Command } from "commander";
import { systemClock } from "../../base/index.ts";
import { applyDecisions } from "../apply-decisions.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly dir?: string;
}

/** `kindred decide`: what people know about pairs, kept for every later run and applied to what is published. */
export function addDecide(program: Command): void {
  program
    .command("decide")
    .summary("say that pairs are the same or different, for good")
    .description("say that pairs are the same or different; every later run honours it")
    .argument("<file>", "CSV: left_source,left_id,right_source,right_id,decision (same or different)[,reason]")
    .option("--dir <folder>", "the published folder to apply them to (default: the one published last)")
    .option("--json", "print one JSON document")
    .action(async (file: string, options: Options) => {
      const session = openSession(options);
      const { logDecisions, readDecisionFile } = await import("../../pipelines/index.ts");
      const decisions = await readDecisionFile(file);
      const events = await logDecisions(session.home, decisions, systemClock.nowMs());
      await applyDecisions(session, options.dir, events);
    });
}
