import type { Command } from "commander";
import type { AnyFlow, Trigger, WatchOptions } from "../../flow/index.ts";
import { addClusterOptions } from "../cluster.ts";
import { flagHelp, flagsOf, flowParams, resourceChanges } from "../flow-flags.ts";
import { collect, wholeNumber } from "../link-options.ts";
import { addPlaceOptions, type PlaceOptions, placedHost } from "../run-place.ts";
import { type CommonOptions, logLevelOf, openSession } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { addTriggerFlags, type TriggerFlags, triggersOf } from "../trigger-flags.ts";

interface Options extends CommonOptions, PlaceOptions {
  readonly param: readonly string[];
  readonly with: readonly string[];
  readonly tag: readonly string[];
  readonly workers?: number;
  readonly debug?: boolean;
}

type AllOptions = Options & TriggerFlags;

/** A result that is longer is told by its place. */
const shownLength = 4_000;

/** `kindred run`: runs a flow of the user's own. Its params are flags, which the flow itself declares. */
export function addRun(program: Command): void {
  const command = program
    .command("run")
    .summary("run a flow of your own: a .ts or .js file that exports one")
    .description("run a flow: a .ts or .js file that exports one (kindred run FLOW --help shows its own flags)")
    .argument("<flow>", "path of the file, with #name when the flow is not its default export")
    .argument("[flags...]", "the params of the flow, each a flag of its own")
    .option("--param <name=value>", "a param, also one whose flag has another meaning here (repeatable)", collect, [])
    .option("--with <step.resource=value>", "other resources than declared, for this run (repeatable)", collect, [])
    .option("--tag <word>", "a word to find the run by (repeatable)", collect, [])
    .option("--workers <count>", "worker processes (default: one a core)", wholeNumber(1, 256))
    .option("--debug", "write debug lines of the tasks to their logs too")
    .option("--json", "print one JSON document")
    .helpOption(false)
    .allowUnknownOption();
  addTriggerFlags(addClusterOptions(addPlaceOptions(command))).action(run);
}

async function run(address: string, flags: readonly string[], options: AllOptions, command: Command): Promise<void> {
  if (isHelp(address)) return command.outputHelp();
  const [file, exportName = "default"] = address.split("#") as [string, string?];
  const { loadFlow, moduleUrl, startRun } = await import("../../flow/index.ts");
  const flowModule = moduleUrl(file);
  const flow = await loadFlow(flowModule, exportName);
  if (flags.some(isHelp)) return printHelp(command, flow);
  const params = flowParams(flow.graph, flagsOf(command), flags, options.param);
  const session = openSession(options);
  const { terminal } = session;
  const resources = resourceChanges(options.with);
  const tags = options.tag;
  const host = await placedHost(session, options, options.workers);
  const start = { ...host, ...logLevelOf(options), flowModule, exportName, params, resources, tags };
  const triggers = triggersOf(options);
  if (triggers !== undefined) return watch(terminal, start, triggers);
  const result = await startRun(start);
  terminal.result(result, () => printResult(terminal, result.run, result.artifact));
}

/** Runs the flow whenever a trigger fires, until Ctrl-C. */
async function watch(terminal: Terminal, start: WatchOptions, triggers: readonly Trigger[]): Promise<void> {
  const { watchTriggers } = await import("../../flow/index.ts");
  await watchTriggers({
    ...start,
    ...(triggers.length > 0 ? { triggers } : {}),
    onReady: () => terminal.note("waiting for triggers; Ctrl-C ends it"),
    onRun: (firing, { run, error }) =>
      terminal.note(`${causeOf(firing)}${run === null ? error?.message : `run ${run} is done`}`),
  });
}

/** A firing is named by who watches for what, and then by its cause: `at 2026-11-26T03:30:00.000Z`. */
function causeOf(firing: string): string {
  const cause = /\] (.*)$/.exec(firing)?.[1];
  return cause === undefined ? "" : `${cause}: `;
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function printHelp(command: Command, { graph }: AnyFlow): void {
  command.outputHelp();
  process.stdout.write(`\nFlow ${graph.flow}: ${graph.steps.map(({ name }) => name).join(", ")}\n`);
  process.stdout.write(flagHelp(graph, flagsOf(command)));
}

function printResult(terminal: Terminal, run: string, artifact: unknown): void {
  terminal.line(`run ${run} is done`);
  const text = JSON.stringify(artifact, null, 2);
  terminal.line(
    text.length <= shownLength ? text : `${text.slice(0, shownLength)}\n… kindred show ${run} --json has it all`,
  );
}
