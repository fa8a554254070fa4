import { type Command, Option } from "commander";
import { type RunResult, type StorePlaces, withRuns } from "../../flow/index.ts";
import type { LinkageParams, LinkageResult } from "../../pipelines/index.ts";
import { budgetsOf } from "../budget-flags.ts";
import { addClusterOptions } from "../cluster.ts";
import { resourceChanges } from "../flow-flags.ts";
import { collect, wholeNumber } from "../link-options.ts";
import { readProject } from "../project-file.ts";
import { rememberPublished } from "../published.ts";
import { type CommonOptions, logLevelOf, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly workers?: number;
  readonly debug?: boolean;
  readonly with: readonly string[];
  readonly production?: boolean;
  readonly budget: readonly string[];
  readonly code?: "new" | "old" | "mixed";
}

/** `kindred resume`: goes on with a run that failed or was killed. */
export function addResume(program: Command): void {
  const command = program
    .command("resume")
    .summary("go on with a run that failed or was stopped")
    .description("go on with a failed or killed run; no finished task is repeated")
    .argument("[run]", "the number of a run, or latest", "latest")
    .option("--workers <count>", "worker processes (default: one a core)", wholeNumber(1, 256))
    .option(
      "--with <step.resource=value>",
      "other resources from now on, such as more memory (repeatable)",
      collect,
      [],
    )
    .option(
      "--budget <kind=number>",
      "a ceiling of the run, in place of what kindred.yaml says (repeatable)",
      collect,
      [],
    )
    .option("--production", "go on with a run in production, which needs its token")
    .addOption(
      new Option(
        "--code <which>",
        "when the flow changed since: new (what the change reaches runs again), old (the code it began with), mixed (new for what is left)",
      ).choices(["new", "old", "mixed"]),
    )
    .option("--debug", "write debug lines of the tasks to their logs too")
    .option("--json", "print one JSON document");
  addClusterOptions(command).action(resume);
}

async function resume(run: string, options: Options): Promise<void> {
  const { terminal, home, places, host, productionToken: token } = openSession(options);
  const { resumeRun } = await import("../../flow/index.ts");
  const resources = resourceChanges(options.with);
  const productionToken = options.production === true ? token : undefined;
  const budgets = budgetsOf(await readProject(process.cwd()), options.budget);
  const result = await resumeRun({
    ...host(options.workers),
    ...logLevelOf(options),
    run,
    productionToken,
    budgets,
    code: options.code,
    resources,
  });
  const [params, steps] = await withRuns(home, places, async (runs) => [
    (await runs.summary(result.run)).params,
    await runs.steps(result.run),
  ]);
  const { out } = params as Partial<LinkageParams>;
  const isPublished = steps.some(({ step }) => step === "publish");
  if (out && isPublished) await receive(result, { ...places, home });
  if (out && isPublished) await rememberPublished(home, out);
  terminal.result(result, () => {
    terminal.line(`run ${result.run} is done`);
    if (out && isPublished) terminal.line(`published in ${out}`);
  });
}

/** Writes the folder of a linkage that other machines made. */
async function receive({ run, artifact }: RunResult, places: StorePlaces & { readonly home: string }): Promise<void> {
  const { writeHandedOver } = await import("../../pipelines/index.ts");
  const { out, handedOver = null } = artifact as LinkageResult;
  await writeHandedOver({ run, out, handedOver }, places);
}
