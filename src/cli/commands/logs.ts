import { setTimeout as wait } from "node:timers/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type LogFilter,
  type LogLevel,
  lengthMs,
  logLevels,
  type Runs,
  type TaskLogText,
  withRuns,
} from "../../flow/index.ts";
import { wholeNumber } from "../link-options.ts";
import { latestRun } from "../run-reading.ts";
import { readAddress } from "../run-view/task-address.ts";
import { type CommonOptions, openSession } from "../session.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends CommonOptions {
  readonly level?: LogLevel;
  readonly since?: number;
  readonly until?: number;
  readonly attempt?: number;
  readonly follow?: boolean;
}

/** How often a log that is followed is looked at again. */
const followMs = 500;

/** `kindred logs`: what the tasks of a run wrote, the first failure first. */
export function addLogs(program: Command): void {
  program
    .command("logs")
    .summary("what tasks wrote, the first failure first")
    .description("print the logs of a run, a step or a task, the first failure first")
    .argument("<run[/step[/key]]>", "such as 12, latest, 12/match or 12/match/film-3")
    .addOption(new Option("--level <level>", "the lowest level").choices(logLevels))
    .option("--since <time>", "lines from then on: ISO time, or 90s, 10m, 2h, 1d ago", timeOption)
    .option("--until <time>", "lines up to then", timeOption)
    .option("--attempt <number>", "only that attempt of each task", wholeNumber(1, 1e6))
    .option("--follow", "go on with what is written, until the run ends")
    .option("--json", "print one JSON document")
    .action(logs);
}

async function logs(text: string, options: Options): Promise<void> {
  const { terminal, home, places } = openSession(options);
  const { run: asked, step, key } = readAddress(text);
  const { level, since: sinceMs, until: untilMs, attempt } = options;
  const filter: LogFilter = { step, key, attempt, level, sinceMs, untilMs };
  await withRuns(home, places, async (runs) => {
    const run = await latestRun(home, runs, asked);
    if (options.follow === true && !terminal.json) return follow(terminal, runs, run, filter);
    const found = await runs.logs(run, filter);
    terminal.result({ logs: found }, () => {
      for (const log of found) printLog(terminal, log, log.text);
    });
  });
}

function printLog(terminal: Terminal, log: TaskLogText, text: string): void {
  if (text === "") return;
  const failed = log.status === "done" || log.status === "running" ? "" : `, ${log.status}`;
  terminal.line(terminal.style("bold", `${log.step}/${log.key} attempt ${log.attempt}${failed}`));
  terminal.line(text.trimEnd());
}

/** Prints what was written since the last look, of attempts that have run since then. */
async function follow(terminal: Terminal, runs: Runs, run: string, filter: LogFilter): Promise<void> {
  const printed = new Map<string, number>();
  for (let lookedMs = 0; ; ) {
    const beganMs = Date.now();
    const isOver = (await runs.summary(run)).status !== "running";
    // The last look is at all: what ended was written down by the clock of its machine, which may be another.
    const runningSinceMs = isOver ? undefined : lookedMs - 2 * followMs;
    for (const log of await runs.logs(run, { ...filter, runningSinceMs })) {
      const name = `${log.step}/${log.key}/${log.attempt}`;
      printLog(terminal, log, log.text.slice(printed.get(name) ?? 0));
      printed.set(name, log.text.length);
    }
    if (isOver) return;
    lookedMs = beganMs;
    await wait(followMs);
  }
}

function timeOption(text: string): number {
  const agoMs = lengthMs(text);
  const ms = Number.isNaN(agoMs) ? Date.parse(text) : Date.now() - agoMs;
  if (Number.isFinite(ms)) return ms;
  throw new InvalidArgumentError("expected an ISO time such as 2026-11-26T10:00:00Z, or 90s, 10m, 2h, 1d ago");
}
