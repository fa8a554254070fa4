import {
  type ErrorJson,
  errorFromJson,
  errorToJson,
  exitCodeByErrorCode,
  isKindredError,
  KindredError,
} from "../base/index.ts";
import { type ResumableRun, resumeCommand } from "./resume-command.ts";

/** What failed a run: a task that failed for good, or a step whose outcomes could not be joined. */
export interface RunFailure {
  readonly step: string;
  /** Null when the step has one task, or its outcomes could not be joined. */
  readonly key: string | null;
  readonly attempt: number;
  readonly error: ErrorJson;
  /** Where its log is: a file of this machine, or the command that shows it from any. */
  readonly log: string;
}

/** True for errors that another attempt would only meet again: bad input, a refusal, a spent budget, a damaged artifact, a FatalError. */
export function isFatal(error: ErrorJson): boolean {
  return keepsCode(error) || error.code === "fatal";
}

/** True for errors that are not the task's own: no `catch` of a step makes a run go on after them. */
export function isUncatchable({ code }: ErrorJson): boolean {
  return (["budget-spent", "disk-full", "artifact-damaged", "run-locked", "refused"] as string[]).includes(code);
}

/**
 * True for what keeps the outcomes of a step from being its artifact, such as that they are too large together. A store that does not
 * answer and a lease that was lost say nothing of the step.
 */
export function breaksStep(error: unknown): error is KindredError {
  return isKindredError(error) && error.code !== "run-locked" && error.code !== "run-failed";
}

/** True for errors that say themselves what to do about them. */
function keepsCode({ code }: ErrorJson): boolean {
  const exitCode = exitCodeByErrorCode[code];
  return exitCode === 2 || exitCode === 3 || code === "budget-spent" || code === "artifact-damaged";
}

/** The error a failed run ends with: the first of its failures. One that says what to do about it keeps its code. */
export function runError(run: ResumableRun, first: RunFailure, failureCount: number): KindredError {
  const where = { run: run.run, step: first.step, ...(first.key === null ? {} : { task: first.key }) };
  const cause = errorFromJson(first.error);
  const { parts } = cause;
  const resume = `Go on after a fix: ${resumeCommand(run)}`;
  if (keepsCode(first.error)) {
    return new KindredError(cause.code, {
      ...parts,
      where: { ...parts.where, ...where },
      hint: parts.hint ?? resume,
      cause,
    });
  }
  const attempts = first.attempt === 1 ? "" : ` after ${first.attempt} attempts`;
  const others = failureCount === 1 ? "" : ` (the first of ${failureCount} failures)`;
  const hint = `The log: ${first.log}. ${resume}`;
  return new KindredError("run-failed", {
    seen: `the task failed${attempts}${others}: ${cause.message}`,
    hint,
    where,
    cause,
  });
}

/** The error a stopped run ends with. */
export function stoppedError(run: ResumableRun): KindredError {
  return new KindredError("interrupted", {
    seen: "the run was stopped; what is finished is kept",
    hint: `Go on with: ${resumeCommand(run)}`,
    where: { run: run.run },
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
