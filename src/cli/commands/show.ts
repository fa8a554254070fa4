import type { Command } from "commander";
import { KindredError, systemClock } from "../../base/index.ts";
import { insightOf, type Runs, readWaiting, timeLineOf, unknownWaits, withRuns } from "../../flow/index.ts";
import { addAddressOption } from "../cluster.ts";
import { latestRun } from "../run-reading.ts";
import { printHead, printRun } from "../run-view/run-view.ts";
import { printStep } from "../run-view/step-view.ts";
import { readAddress, type TaskAddress } from "../run-view/task-address.ts";
import { cardText, printTask } from "../run-view/task-view.ts";
import { noteUnknownWaits } from "../run-view/wait-view.ts";
import { type CommonOptions, openSession } from "../session.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends CommonOptions {
  readonly card?: boolean;
}

/** `kindred show`: one run, step or task: times, skew with its cause, what waited for what, what was used. */
export function addShow(program: Command): void {
  const command = program
    .command("show")
    .summary("a run, a step or a task: times, skew, failures, what to do next")
    .description("show a run, a step or a task: times, skew and its cause, what waited for what, resources, failures")
    .argument("[run[/step[/key]]]", "such as 12, latest, 12/match or 12/match/film-3", "latest")
    .option("--card", "the page that the task left")
    .option("--json", "print one JSON document");
  addAddressOption(command).action(async (text: string, options: Options) => {
    const { terminal, home, runPlaces } = openSession(options);
    const address = readAddress(text);
    await withRuns(home, runPlaces, async (runs) => {
      const run = await latestRun(home, runs, address.run);
      await show(terminal, runs, { ...address, run }, options.card === true);
    });
  });
}

async function show(terminal: Terminal, runs: Runs, address: TaskAddress, card: boolean): Promise<void> {
  const { run, step, key = step } = address;
  if (card) return showCard(terminal, runs, run, step, key);
  if (address.step === undefined) return showRun(terminal, runs, run);
  if (address.key === undefined) return showStep(terminal, runs, run, address.step);
  return showTask(terminal, runs, { run, step: address.step, key: address.key });
}

async function showTask(
  terminal: Terminal,
  runs: Runs,
  { run, step, key }: { readonly run: string; readonly step: string; readonly key: string },
): Promise<void> {
  const [{ artifact: _, ...task }, text] = [await runs.task(run, step, key), await runs.outcome(run, step, key)];
  const outcome: unknown = text === null ? null : JSON.parse(text);
  terminal.result({ ...task, step, outcome }, () => printTask(terminal, `${run}/${step}/${key}`, task, text));
}

async function showRun(terminal: Terminal, runs: Runs, run: string): Promise<void> {
  const { record: seen, waits } = await readWaiting(runs, run);
  const nowMs = systemClock.nowMs();
  const insight = await insightOf(seen, nowMs);
  const timeLine = await timeLineOf(seen, nowMs);
  noteUnknownWaits(terminal, waits);
  terminal.result({ ...seen, insight, ...unknownWaits(waits) }, () =>
    printRun(terminal, seen, { insight, timeLine, isWaitKnown: waits.unknown === null }),
  );
}

async function showStep(terminal: Terminal, runs: Runs, run: string, name: string): Promise<void> {
  const { record } = await readWaiting(runs, run);
  const insight = await insightOf(record, systemClock.nowMs());
  const [step, seen] = [
    record.steps.find((each) => each.step === name),
    insight.steps.find((each) => each.step === name),
  ];
  if (step === undefined || seen === undefined) {
    const expected = `one of ${record.steps.map((each) => each.step).join(", ")}`;
    throw new KindredError("not-found", { seen: `no step "${name}"`, expected, where: { run } });
  }
  terminal.result({ ...step, insight: seen }, () => {
    printHead(terminal, record);
    printStep(terminal, step, seen);
  });
}

async function showCard(
  terminal: Terminal,
  runs: Runs,
  run: string,
  step: string | undefined,
  key: string | undefined,
): Promise<void> {
  if (step === undefined || key === undefined)
    throw new KindredError("argument-invalid", { seen: "--card of a run", expected: "a task: RUN/STEP/KEY" });
  const card = await runs.card(run, step, key);
  terminal.result(card, () => terminal.line(cardText(card)));
}
