import * as local from "./local/index.ts";
import type { ResumeOptions, RunResult, StartOptions } from "./run-options.ts";
import { resumeOnCluster, startOnCluster } from "./temporal/index.ts";

/**
 * Runs a flow to its end: on this machine, or where `temporal` says on the workers of a cluster.
 * @throws run-failed, interrupted (both resumable), the code of the first task that met bad input, argument-invalid, config-invalid
 */
export async function startRun(options: StartOptions): Promise<RunResult> {
  return options.temporal === undefined ? local.startRun(options) : startOnCluster(options);
}

/**
 * Goes on with a run that failed, was stopped or lost its scheduler; repeats no finished task. A run that is done
 * gives its result again.
 * @throws run-locked when it is running, refused when its code changed, not-found, and as {@link startRun}
 */
export async function resumeRun(options: ResumeOptions): Promise<RunResult> {
  return options.temporal === undefined ? local.resumeRun(options) : resumeOnCluster(options);
}
