import type { Runs } from "../flow/index.ts";

/** Opens the runs of a home for one use, and closes them whatever happens. */
export async function withRuns<T>(home: string, use: (runs: Runs) => Promise<T>): Promise<T> {
  const { openRuns } = await import("../flow/index.ts");
  const runs = await openRuns(home);
  try {
    return await use(runs);
  } finally {
    await runs.close();
  }
}
