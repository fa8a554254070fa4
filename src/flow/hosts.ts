import type { ResumeOptions, RunResult, StartOptions } from "./run-options.ts";

// A module that makes a flow imports this door, and workers load that module: what only schedulers need is loaded on use, as are the
// packages of Temporal, which are optional peers.

/**
 * Runs a flow to its end: on this machine, or where `temporal` says on the workers of a cluster.
 * @throws run-failed, interrupted (both resumable), the code of the first task that met bad input, argument-invalid, config-invalid
 */
export async function startRun(options: StartOptions): Promise<RunResult> {
  if (options.temporal === undefined) return (await import("./local/host.ts")).startRun(options);
  return (await import("./temporal/client/run-on-cluster.ts")).startOnCluster(options);
}

/**
 * Goes on with a run that failed, was stopped or lost its scheduler; repeats no finished task. A run that is done
 * gives its result again.
 * @throws run-locked when it is running, refused when its code changed, not-found, and as {@link startRun}
 */
export async function resumeRun(options: ResumeOptions): Promise<RunResult> {
  if (options.temporal === undefined) return (await import("./local/host.ts")).resumeRun(options);
  return (await import("./temporal/client/run-on-cluster.ts")).resumeOnCluster(options);
}
