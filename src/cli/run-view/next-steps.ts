import { isOnCluster, openQueues, type RunRecord, resumeCommand, type Waiting } from "../../flow/index.ts";
import type { Terminal } from "../terminal.ts";
import { displayWidth, padText } from "../text-table.ts";
import { shellWord } from "./shell-word.ts";

/** A command to go on with, and what it is for. */
interface NextStep {
  readonly command: string;
  readonly what: string;
}

const indent = "  ";

/**
 * Prints what to do next with a run, by where it stands; nothing for one that is done. Where no server said what a run of a cluster
 * waits for, that is guessed from its record.
 */
export function printNextSteps(terminal: Terminal, run: Waiting<RunRecord>, isWaitKnown: boolean): void {
  const steps = nextSteps(run, isWaitKnown ? known(run) : guessed(run));
  if (steps.length === 0) return;
  terminal.line(`\n${terminal.style("bold", "next")}`);
  const width = Math.max(...steps.map(({ command }) => displayWidth(command)));
  const fits = steps.every(({ what }) => indent.length + width + 2 + what.length <= terminal.width);
  for (const { command, what } of steps) {
    if (fits) terminal.line(`${indent}${padText(command, width)}  ${what}`);
    else terminal.line(`${indent}${command}\n${indent}${indent}${what}`);
  }
}

function nextSteps(run: RunRecord, workers: readonly NextStep[]): NextStep[] {
  if (run.status === "running") return [...workers, ...watching(run)];
  if (run.status === "failed") return [...lookingInto(run), { command: goingOn(run), what: "goes on after a fix" }];
  if (run.status === "interrupted")
    return [
      // Without a worker a run of a cluster looks like one that was given up.
      ...(run.error === null ? workers : []),
      { command: goingOn(run), what: "goes on; what is finished is not repeated" },
    ];
  return [];
}

function watching({ run }: RunRecord): NextStep[] {
  return [
    { command: `kindred logs ${run} --follow`, what: "what its tasks write" },
    { command: `kindred show ${run}`, what: "how far it is by then" },
  ];
}

function known({ waits }: Waiting<RunRecord>): NextStep[] {
  return waits === undefined
    ? []
    : workersOf(
        waits.queues.map(({ queue }) => queue),
        "on any machine: none works for it",
      );
}

/** A run on a cluster none of whose tasks is being run: perhaps nobody works on the queues where they wait. */
function guessed(run: RunRecord): NextStep[] {
  const { graph, steps } = run;
  const isBusy = steps.some(({ tasks }) => tasks.some(({ status }) => status === "running"));
  if (!isOnCluster(run) || isBusy) return [];
  return workersOf([...openQueues(graph, steps).keys()], "on any machine, if none works for it");
}

function workersOf(queues: readonly string[], what: string): NextStep[] {
  return [{ command: `kindred worker${queues.map((queue) => ` --queue ${queue}`).join("")}`, what }];
}

/** The task that failed first, its log and another try of it alone. */
function lookingInto(run: RunRecord): NextStep[] {
  const failed = run.steps.flatMap(({ step, tasks }) =>
    tasks
      .filter(({ status }) => status === "failed")
      .map(({ key, attempts }) => ({ step, key, endedMs: attempts.at(-1)?.endedMs ?? 0 })),
  );
  const [first] = failed.toSorted((a, b) => a.endedMs - b.endedMs);
  if (first === undefined) return [];
  const address = shellWord(`${run.run}/${first.step}/${first.key}`);
  return [
    { command: `kindred logs ${address}`, what: "what the first failure wrote" },
    { command: `kindred rerun ${address} --debug`, what: "that task again, here; keeps nothing" },
  ];
}

const resumeWithFlags = /kindred resume \S+(?: --[a-z-]+(?: [^\s-][^\s,;]*)?)*/;

/** As the error of the run says, which knows what would stop it again; else as the run is to be resumed. */
function goingOn(run: RunRecord): string {
  return resumeWithFlags.exec(run.error?.parts.hint ?? "")?.[0] ?? resumeCommand(run);
}
