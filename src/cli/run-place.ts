import { userInfo } from "node:os";
import type { Command } from "commander";
import { namespaceOf } from "../flow/index.ts";
import type { PipelineHost } from "../pipelines/index.ts";
import { budgetsOf } from "./budget-flags.ts";
import { collect } from "./link-options.ts";
import { readProject } from "./project-file.ts";
import type { Session } from "./session.ts";

/** Options that say in which project and namespace a run is. */
export interface PlaceOptions {
  readonly project?: string;
  readonly branch?: string;
  readonly production?: boolean;
  readonly budget: readonly string[];
}

/** Declares {@link PlaceOptions}. */
export function addPlaceOptions(command: Command): Command {
  return command
    .optionsGroup("Whose run it is, and what it may use:")
    .option("--project <name>", "the project of the run (default: what kindred.yaml or the flow says)")
    .option("--branch <name>", "run on a branch: sees production's data sets, publishes its own (namespace test.NAME)")
    .option("--production", "run in production, which needs its token; what it makes waits for `kindred promote`")
    .option(
      "--budget <kind=number>",
      "a ceiling of the run, such as cpuHours=2 or tasks=500 (repeatable)",
      collect,
      [],
    );
}

/** The host of a run in its project and namespace. @throws argument-invalid, config-invalid */
export async function placedHost(session: Session, options: PlaceOptions, workers?: number): Promise<PipelineHost> {
  const declared = await readProject(process.cwd());
  const { branch, production } = options;
  return {
    ...session.host(workers),
    namespace: namespaceOf({ user: userInfo().username, branch, production }),
    ...(branch === undefined ? {} : { branch }),
    project: options.project ?? declared.name,
    budgets: budgetsOf(declared, options.budget),
    productionToken: production === true ? session.productionToken : undefined,
  };
}
