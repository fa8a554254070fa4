import { KindredError } from "../../base/index.ts";
import type { AttemptRecord, RunRecord, StepHead } from "../run-record.ts";
import type { LogFilter, TaskLogText } from "../runs.ts";
import type { LoggedAttempt, LogReader } from "./attempt-logs.ts";
import type { FolderLogs } from "./folder-logs.ts";
import { filterLog } from "./log-lines.ts";

/** Where logs are: of attempts of this machine, and of those that may have run on others. */
export interface LogPlaces {
  readonly here: FolderLogs;
  readonly stored: LogReader;
}

/** Of a run what its logs are found by. */
export type LoggedRun = Pick<RunRecord, "run" | "steps">;

interface AskedAttempt {
  readonly step: string;
  readonly index: number;
  readonly key: string;
  readonly attempt: AttemptRecord;
}

/** The logs of a run that are asked for, the first failure first. @throws not-found */
export async function readLogs(places: LogPlaces, record: LoggedRun, filter: LogFilter): Promise<TaskLogText[]> {
  const logs: TaskLogText[] = [];
  for (const { step, index, key, attempt } of attemptsInOrder(record, filter)) {
    const logged: LoggedAttempt = { run: record.run, step, index, key, attempt: attempt.attempt };
    const isHere = attempt.workerHost === null;
    const text = await (isHere ? places.here : places.stored).read(logged, attempt.log);
    const path = isHere ? places.here.pathOf(logged) : null;
    logs.push({ step, key, attempt: attempt.attempt, status: attempt.status, path, text: filterLog(text, filter) });
  }
  return logs;
}

/** The attempts that failed by their end, then the others as they stand. A task that was only stopped has not failed. */
function attemptsInOrder(record: LoggedRun, filter: LogFilter): AskedAttempt[] {
  const { run, steps } = record;
  const asked = filter.step === undefined ? steps : [stepOf(steps, run, filter.step)];
  const found = asked.flatMap(({ step, tasks }) =>
    tasks
      .filter(({ key }) => filter.key === undefined || key === filter.key)
      .flatMap(({ index, key, attempts }) => attempts.map((attempt) => ({ step, index, key, attempt }))),
  );
  if (filter.key !== undefined && found.length === 0) throw noTask(run, filter.step, filter.key);
  const chosen = found.filter(({ attempt }) => isAsked(attempt, filter));
  const failed = chosen.filter(({ attempt }) => hasFailed(attempt));
  const endOf = ({ attempt }: AskedAttempt): number => attempt.endedMs ?? attempt.startedMs;
  return [...failed.toSorted((a, b) => endOf(a) - endOf(b)), ...chosen.filter(({ attempt }) => !hasFailed(attempt))];
}

/** A step by its name. @throws not-found */
export function stepOf<Step extends StepHead>(steps: readonly Step[], run: string, name: string): Step {
  const step = steps.find((each) => each.step === name);
  if (step !== undefined) return step;
  const expected = `one of ${steps.map((each) => each.step).join(", ")}`;
  throw new KindredError("not-found", { seen: `no step "${name}"`, expected, where: { run } });
}

function isAsked({ attempt, endedMs }: AttemptRecord, { attempt: asked, runningSinceMs }: LogFilter): boolean {
  if (asked !== undefined && attempt !== asked) return false;
  return runningSinceMs === undefined || endedMs === null || endedMs >= runningSinceMs;
}

function hasFailed({ status }: AttemptRecord): boolean {
  return status === "failed" || status === "crashed" || status === "timed-out";
}

function noTask(run: string, step: string | undefined, key: string): KindredError {
  const where = step === undefined ? { run } : { run, step };
  return new KindredError("not-found", {
    seen: `no task "${key}" that began`,
    hint: `kindred show ${[run, step].filter(Boolean).join("/")} lists them`,
    where,
  });
}
