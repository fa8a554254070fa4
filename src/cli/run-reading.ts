import { KindredError } from "../base/index.ts";
import type { RunRecord, Runs } from "../flow/index.ts";
import { storePlaces } from "./store-places.ts";

/** Opens the runs of a home for one use, and closes them whatever happens. */
export async function withRuns<T>(home: string, use: (runs: Runs) => Promise<T>): Promise<T> {
  const { openRuns } = await import("../flow/index.ts");
  const runs = await openRuns(home, storePlaces(process.env));
  try {
    return await use(runs);
  } finally {
    await runs.close();
  }
}

/** Reads a run by its number, or the newest one for `latest`. */
export async function readRun(home: string, run: string): Promise<RunRecord> {
  return withRuns(home, async (runs) => runs.read(await latestRun(home, runs, run)));
}

/** The number of a run, or of the newest one for `latest`. @throws not-found when there is none */
export async function latestRun(home: string, runs: Runs, run: string): Promise<string> {
  if (run !== "latest") return run;
  const latest = await runs.latest();
  if (latest !== null) return latest.run;
  throw new KindredError("not-found", { seen: "no run yet", expected: "a run to show", where: { file: home } });
}
