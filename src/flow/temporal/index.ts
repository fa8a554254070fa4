import type { TemporalPlace } from "./temporal-place.ts";
import type { ClusterWorkerOptions } from "./worker-options.ts";

// The packages of Temporal are optional peers: what needs them is loaded on use.

/** Asks the workflow that holds a run to stop it, resumably. False when it is over, or of another cluster. @throws run-failed, config-invalid */
export async function cancelOnCluster(
  place: TemporalPlace | undefined,
  run: string,
  holderId: string,
): Promise<boolean> {
  if (place === undefined) return false;
  const client = await import("./client/cancel-run.ts");
  return client.cancelRun(place, run, holderId);
}

/**
 * Works for a cluster until it is asked to end: runs workflows of runs and the tasks of its queues.
 * @throws run-failed when no server answers, config-invalid when a store or Temporal's namespace is missing, argument-invalid for a
 * queue in which no task waits
 */
export async function runClusterWorker(options: ClusterWorkerOptions): Promise<void> {
  const worker = await import("./worker/run-worker.ts");
  return worker.runWorker(options);
}
