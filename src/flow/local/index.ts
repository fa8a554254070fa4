import type { CollectOptions } from "../collect/collect-options.ts";
import type { CollectionReport } from "../collect/report.ts";
import type { DataSets } from "../data-sets.ts";
import type { ResumeOptions, RunResult, StartOptions } from "../run-options.ts";
import type { RerunOptions, RerunResult } from "../rerun/rerun-options.ts";
import type { Runs } from "../runs.ts";
import type { StorePlaces } from "../store/store-places.ts";

export { endWithParent } from "./parent-watch.ts";

// A module that makes a flow imports this room, and workers load that module: what only schedulers need is loaded on use.

/**
 * Runs a flow on this machine, to its end.
 * @throws run-failed, interrupted (both resumable), the code of the first task that met bad input, argument-invalid, config-invalid
 */
export async function startRun(options: StartOptions): Promise<RunResult> {
  const host = await import("./host.ts");
  return host.startRun(options);
}

/**
 * Goes on with a run that failed, was stopped or lost its scheduler; repeats no finished task. A run that is done
 * gives its result again.
 * @throws run-locked when it is running, refused when its code changed, not-found, and as {@link startRun}
 */
export async function resumeRun(options: ResumeOptions): Promise<RunResult> {
  const host = await import("./host.ts");
  return host.resumeRun(options);
}

/**
 * Runs one task of a run again in this process: the same code, inputs and params, from the stores, whichever machine it ran on.
 * What comes of it is compared with the run's and thrown away: no metadata, artifact or log of the run is written.
 * @throws not-found, config-invalid, artifact-damaged; what the task itself throws is in the result
 */
export async function rerunTask(options: RerunOptions): Promise<RerunResult> {
  const rerun = await import("../rerun/rerun-task.ts");
  return rerun.rerunTask(options);
}

/**
 * Removes runs, data sets, artifacts, logs and what workers left, as retention says. Safe beside running runs; ended at any moment
 * it leaves a whole store.
 * @throws refused when another metadata names the same artifacts, run-locked while another collects, artifact-damaged
 */
export async function collectGarbage(options: CollectOptions): Promise<CollectionReport> {
  const collection = await import("./home-collection.ts");
  return collection.collectGarbage(options);
}

/** Opens the runs of a home for reading. @throws artifact-damaged when its metadata cannot be read */
export async function openRuns(home: string, places: StorePlaces = {}): Promise<Runs> {
  const runs = await import("./home-runs.ts");
  return runs.openRuns(home, places);
}

/** Opens the runs of a home for one use, and closes them whatever happens. @throws as {@link openRuns} and the use itself */
export async function withRuns<T>(home: string, places: StorePlaces, use: (runs: Runs) => Promise<T>): Promise<T> {
  const runs = await openRuns(home, places);
  try {
    return await use(runs);
  } finally {
    await runs.close();
  }
}

/** Opens the data sets of a home, or of what it shares with other machines. @throws artifact-damaged when its metadata cannot be read */
export async function openDataSets(home: string, places: StorePlaces = {}): Promise<DataSets> {
  const dataSets = await import("./home-data-sets.ts");
  return dataSets.openDataSets(home, places);
}
