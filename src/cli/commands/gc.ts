import { userInfo } from "node:os";
import type { Command } from "commander";
import { KindredError } from "../../base/index.ts";
import { printCollection, showCollecting } from "../collection-view.ts";
import { wholeNumber } from "../link-options.ts";
import { readProject } from "../project-file.ts";
import { retentionOf } from "../retention-flags.ts";
import { type CommonOptions, openSession, type Session } from "../session.ts";

interface Options extends CommonOptions {
  readonly project?: string;
  readonly keep?: string;
  readonly keepRuns?: number;
  readonly dryRun?: boolean;
}

/** `kindred gc`: removes what runs left and nothing needs. */
export function addGc(program: Command): void {
  program
    .command("gc")
    .summary("remove old runs, and what they left that nothing needs")
    .description(
      "remove old runs with their artifacts and logs; never what production, a running run or a recent one needs",
    )
    .option("--dry-run", "only say what would go, and why the rest is kept")
    .option(
      "--keep <time>",
      "keep runs so long after their end, such as 12h (default: what kindred.yaml says, else 30d)",
    )
    .option(
      "--keep-runs <count>",
      "keep the newest runs of each flow and namespace that are done, however old (default 1)",
      wholeNumber(1, 100_000),
    )
    .option("--project <name>", "the project (default: what kindred.yaml says, else all of the home)")
    .option("--json", "print one JSON document")
    .action(gc);
}

async function gc(options: Options): Promise<void> {
  const session = openSession(options);
  const { terminal, home, places, productionToken } = session;
  const { collectGarbage } = await import("../../flow/index.ts");
  const declared = await readProject(process.cwd());
  const report = await collectGarbage({
    ...places,
    home,
    project: projectOf(options.project ?? declared.name, session),
    retention: retentionOf(declared, options),
    right: { token: productionToken, by: userInfo().username },
    isDry: options.dryRun === true,
    onProgress: showCollecting(terminal),
  });
  terminal.status("");
  terminal.result(report, () => printCollection(terminal, report));
}

/** A database that others use too has projects with a retention of their own, which this folder does not know. @throws argument-invalid */
function projectOf(named: string | undefined, { places }: Session): string | null {
  if (named !== undefined) return named;
  if (places.metadata === undefined) return null;
  throw new KindredError("argument-invalid", {
    seen: "no project, and metadata that others share",
    expected: "--project NAME, or project.name in kindred.yaml",
  });
}
