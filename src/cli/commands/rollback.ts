import { userInfo } from "node:os";
import type { Command } from "commander";
import { projectName, withDataSets } from "../data-set-reading.ts";
import { wholeNumber } from "../link-options.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly project?: string;
  readonly to?: number;
  readonly reason?: string;
}

/** `kindred rollback`: undoes a promote. */
export function addRollback(program: Command): void {
  program
    .command("rollback")
    .summary("undo a promote")
    .description("undo a promote: production has the version before again, or the one named")
    .argument("<dataset>", "the data set")
    .option("--to <version>", "the version to go back to (default: the one before)", wholeNumber(1, 1e9))
    .option("--reason <text>", "why, for the record")
    .option("--project <name>", "the project (default: what kindred.yaml says)")
    .option("--json", "print one JSON document")
    .action(rollback);
}

async function rollback(name: string, options: Options): Promise<void> {
  const session = openSession(options);
  const { productionNamespace: namespace } = await import("../../flow/index.ts");
  const project = await projectName(options.project);
  const { from, now } = await withDataSets(session, async ({ store }) => {
    const { version } = await store.head({ project, namespace, name });
    const detail = { reason: options.reason ?? null };
    const right = { project, token: session.productionToken, by: userInfo().username };
    const back = await store.rollback({ ...right, name, expected: version, to: options.to ?? null, detail });
    return { from: version, now: back };
  });
  session.terminal.result({ from, ...now }, () =>
    session.terminal.line(
      `${name} is at version ${now.version} in production again, of run ${now.run}; it was at ${from}`,
    ),
  );
}
