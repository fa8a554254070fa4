import { KindredError } from "../base/index.ts";
import type { Runs } from "../flow/index.ts";

/** The number of a run, or of the newest one for `latest`. @throws not-found when there is none */
export async function latestRun(home: string, runs: Runs, run: string): Promise<string> {
  if (run !== "latest") return run;
  const latest = await runs.latest();
  if (latest !== null) return latest.run;
  throw new KindredError("not-found", {
    seen: "no run yet",
    expected: "a run",
    hint: "Start one: kindred demo, kindred link or kindred run",
    where: { file: home },
  });
}
