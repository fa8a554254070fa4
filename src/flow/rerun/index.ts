import type { RerunOptions, RerunResult } from "./rerun-options.ts";

// A module that makes a flow imports this door, and workers load that module: what only some commands need is loaded on use.

/**
 * Runs one task of a run again in this process: the same code, inputs and params, from the stores, whichever machine it ran on.
 * What comes of it is compared with the run's and thrown away: no metadata, artifact or log of the run is written.
 * @throws not-found, config-invalid, artifact-damaged; what the task itself throws is in the result
 */
export async function rerunTask(options: RerunOptions): Promise<RerunResult> {
  const rerun = await import("./rerun-task.ts");
  return rerun.rerunTask(options);
}
