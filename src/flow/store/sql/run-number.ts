import { KindredError } from "../../../base/index.ts";

/** The number in a run's id. @throws not-found */
export function runNumber(run: string): number {
  const number = /^\d{1,15}$/.test(run) ? Number(run) : 0;
  if (number > 0) return number;
  throw new KindredError("not-found", { seen: `the run "${run}"`, expected: "the number of a run, such as 12" });
}

/** The error for a run that is not there. */
export function noRun(run: string): KindredError {
  return new KindredError("not-found", { seen: `no run ${run}`, hint: "kindred runs lists them" });
}
