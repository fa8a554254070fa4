import type { Command } from "commander";
import { exitCodeByErrorCode } from "../../base/index.ts";
import { withRuns } from "../../flow/index.ts";
import { wholeNumber } from "../link-options.ts";
import { latestRun } from "../run-reading.ts";
import { printRerun } from "../run-view/rerun-view.ts";
import { readTaskAddress } from "../run-view/task-address.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly debug?: boolean;
  readonly inspect?: true | number;
  readonly flow?: string;
}

/** The port that debuggers look at by themselves. */
const inspectPort = 9_229;

/** `kindred rerun`: one task again, here, to be looked at. */
export function addRerun(program: Command): void {
  program
    .command("rerun")
    .summary("run one task again here, with debug lines, and keep nothing")
    .description("run one task of a run again on this machine, compare it with the run's, and keep nothing")
    .argument("<run/step/key>", "such as 12/match/film-3, latest/plan")
    .option("--debug", "debug lines in its log")
    .option("--inspect [port]", "wait for a debugger, and stop it before the code of the step", wholeNumber(1, 65_535))
    .option("--flow <file>", "a changed copy of the flow's module")
    .option("--json", "print one JSON document")
    .action(rerun);
}

async function rerun(text: string, options: Options): Promise<void> {
  const { terminal, home, places, host } = openSession(options);
  const address = readTaskAddress(text);
  const { rerunTask } = await import("../../flow/index.ts");
  const run = await withRuns(home, places, (runs) => latestRun(home, runs, address.run));
  const { codeVersion, signal } = host();
  const inspector = options.inspect === undefined ? null : await import("node:inspector");
  const giveBack = printToError();
  const result = await rerunTask({
    ...places,
    ...{ ...address, home, run, codeVersion, logLevel: options.debug === true ? "debug" : "info" },
    ...(options.flow === undefined ? {} : { flowModule: options.flow }),
    ...(signal === undefined ? {} : { signal }),
    environment: process.env,
    onLine: (line) => process.stderr.write(line),
    onModule: (path, codeFrom) => {
      if (codeFrom === "package") process.stderr.write(`the flow's files changed: the code of the run is ${path}\n`);
      if (inspector !== null) waitForDebugger(inspector, options.inspect === true ? inspectPort : options.inspect);
    },
    onCode: () => stopDebugger(),
  }).finally(giveBack);
  if (result.status === "failed") process.exitCode = exitCodeByErrorCode["run-failed"];
  terminal.result(result, () => printRerun(terminal, result));
}

function waitForDebugger(inspector: typeof import("node:inspector"), port: number | undefined): void {
  process.stderr.write("waiting for a debugger: chrome://inspect, or attach an editor to the port below\n");
  inspector.open(port, "127.0.0.1", true);
}

/** Where a debugger that is attached stops: the next call is the code of the step. Without one this does nothing. */
function stopDebugger(): void {
  // biome-ignore lint/suspicious/noDebugger: this is what --inspect is for
  debugger;
}

/** What a task prints goes beside its log, so that stdout stays the result. */
function printToError(): () => void {
  const { stdout, stderr } = process;
  const write = stdout.write;
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return () => {
    stdout.write = write;
  };
}
