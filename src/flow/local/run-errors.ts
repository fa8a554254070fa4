import { type ErrorJson, errorFromJson, errorToJson, exitCodeByErrorCode, KindredError } from "../../base/index.ts";

/** A task that failed for good. */
export interface TaskFailure {
  readonly step: string;
  /** Null when the step has one task, or its outcomes could not be joined. */
  readonly key: string | null;
  readonly attempt: number;
  readonly error: ErrorJson;
  readonly logPath: string;
}

/** True for errors that another attempt would only meet again: bad input, a refusal, a spent budget, a damaged artifact. */
export function isFatal(error: ErrorJson): boolean {
  const exitCode = exitCodeByErrorCode[error.code];
  return exitCode === 2 || exitCode === 3 || error.code === "budget-spent" || error.code === "artifact-damaged";
}

/** The error a failed run ends with: the first of its failures. One that says what to do about it keeps its code. */
export function runError(run: string, first: TaskFailure, failureCount: number): KindredError {
  const where = { run, step: first.step, ...(first.key === null ? {} : { task: first.key }) };
  const cause = errorFromJson(first.error);
  const { parts } = cause;
  const resume = `Go on after a fix: kindred resume ${run}`;
  if (isFatal(first.error)) {
    return new KindredError(cause.code, {
      ...parts,
      where: { ...parts.where, ...where },
      hint: parts.hint ?? resume,
      cause,
    });
  }
  const attempts = first.attempt === 1 ? "" : ` after ${first.attempt} attempts`;
  const others = failureCount === 1 ? "" : ` (the first of ${failureCount} failures)`;
  const hint = `The log: ${first.logPath}. ${resume}`;
  return new KindredError("run-failed", {
    seen: `the task failed${attempts}${others}: ${cause.message}`,
    hint,
    where,
    cause,
  });
}

/** The error a stopped run ends with. */
export function stoppedError(run: string): KindredError {
  return new KindredError("interrupted", {
    seen: "the run was stopped; what is finished is kept",
    hint: `Go on with: kindred resume ${run}`,
    where: { run },
  });
}

/** A failure of the host's own, as plain data: SQLite reports a full disk in its own words. */
export function hostError(error: unknown, home: string): unknown {
  if (!/database or disk is full/.test(errorToJson(error).message)) return error;
  return new KindredError("disk-full", {
    seen: "no space is left on the disk of the run metadata",
    hint: "Free some space, then resume the run",
    where: { file: home },
    cause: error,
  });
}
