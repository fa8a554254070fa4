import type { DataSets, OpenDataSetsOptions } from "../data-sets.ts";
import type { RunHead } from "../run-record.ts";
import type { RunPlaces, Runs } from "../runs.ts";
import type { StorePlaces } from "../store/store-places.ts";

// A module that makes a flow imports this door, and workers load that module: what only some commands need is loaded on use.

/** Opens the runs of a home for reading. @throws artifact-damaged when its metadata cannot be read */
export async function openRuns(home: string, places: RunPlaces = {}): Promise<Runs> {
  const runs = await import("./open-runs.ts");
  return runs.openRuns(home, places);
}

/** Opens the runs of a home for one use, and closes them whatever happens. @throws as {@link openRuns} and the use itself */
export async function withRuns<T>(home: string, places: RunPlaces, use: (runs: Runs) => Promise<T>): Promise<T> {
  const runs = await openRuns(home, places);
  try {
    return await use(runs);
  } finally {
    await runs.close();
  }
}

/**
 * Asks whoever holds a run to stop it, as Ctrl-C does, and waits until it has: for a program that did not start it. Returns the run as it
 * is then, at once one that nobody holds.
 * @throws not-found, also for a run of another cluster, refused for a run that another machine holds by itself, run-failed when it does not stop within 30 s
 */
export async function stopRun(home: string, places: RunPlaces, run: string): Promise<RunHead> {
  const stop = await import("./stop-run.ts");
  return stop.stopRun(home, places, run);
}

/** Opens the data sets of a home, or of what it shares with other machines. @throws artifact-damaged when its metadata cannot be read */
export async function openDataSets(
  home: string,
  places: StorePlaces = {},
  options: OpenDataSetsOptions = {},
): Promise<DataSets> {
  const dataSets = await import("./open-data-sets.ts");
  return dataSets.openDataSets(home, places, options);
}
