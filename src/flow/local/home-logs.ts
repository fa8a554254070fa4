import { readFile } from "node:fs/promises";
import { KindredError } from "../../base/index.ts";
import { filterLog } from "../insight/index.ts";
import type { AttemptRecord, RunRecord, StepHead } from "../run-record.ts";
import type { LogFilter, TaskLogText } from "../runs.ts";
import { logPath } from "./home.ts";

interface LoggedAttempt {
  readonly step: string;
  readonly key: string;
  readonly attempt: AttemptRecord;
}

/** The logs of a run that are asked for, the first failure first. @throws not-found */
export async function readLogs(home: string, record: RunRecord, filter: LogFilter): Promise<TaskLogText[]> {
  const logs: TaskLogText[] = [];
  for (const { step, key, attempt } of attemptsInOrder(record, filter)) {
    const path = logPath(home, record.run, step, key, attempt.attempt);
    const text = filterLog(await readFile(path, "utf8").catch(() => ""), filter);
    logs.push({ step, key, attempt: attempt.attempt, status: attempt.status, path, text });
  }
  return logs;
}

/** The attempts that failed by their end, then the others as they stand. A task that was only stopped has not failed. */
function attemptsInOrder(record: RunRecord, filter: LogFilter): LoggedAttempt[] {
  const { run, steps } = record;
  const asked = filter.step === undefined ? steps : [stepOf(steps, run, filter.step)];
  const found = asked.flatMap(({ step, tasks }) =>
    tasks
      .filter(({ key }) => filter.key === undefined || key === filter.key)
      .flatMap(({ key, attempts }) => attempts.map((attempt) => ({ step, key, attempt }))),
  );
  if (filter.key !== undefined && found.length === 0) throw noTask(run, filter.step, filter.key);
  const chosen = found.filter(({ attempt }) => isAsked(attempt, filter));
  const failed = chosen.filter(({ attempt }) => hasFailed(attempt));
  const endOf = ({ attempt }: LoggedAttempt): number => attempt.endedMs ?? attempt.startedMs;
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
    hint: `kindred show ${run} lists them`,
    where,
  });
}
