import type { WaitedQueue } from "./run-event.ts";
import type { RunRecord, RunSummary } from "./run-record.ts";

/** What a run of a cluster waits for, as the cluster's server says. */
export interface RunWait {
  /** Never empty. */
  readonly queues: readonly WaitedQueue[];
  /** True when nothing of the run is being run; else branches of it that wait for no worker go on. */
  readonly isIdle: boolean;
}

/** What runs wait for. */
export interface RunWaits {
  /** By run: those that wait. */
  readonly byRun: ReadonlyMap<string, RunWait>;
  /** Why it could not be found out of runs that may wait; null when it was. */
  readonly unknown: string | null;
}

/** A run with what it waits for; without it where it waits for nothing, or nobody knows. */
export type Waiting<Run> = Run & { readonly waits?: RunWait | undefined };

/**
 * Adds to a run what it waits for. Who waits is running, also where no worker is left to say so: `endedMs` is then the last that
 * was heard of it.
 */
export function withWait<Run extends Pick<RunSummary, "run" | "status">>(run: Run, { byRun }: RunWaits): Waiting<Run> {
  const waits = byRun.get(run.run);
  return waits === undefined ? run : { ...run, status: "running", waits };
}

/** Reads a run with what it waits for. @throws not-found */
export async function readWaiting(
  runs: {
    read(run: string): Promise<RunRecord>;
    waits(runs: readonly RunSummary[]): Promise<RunWaits>;
  },
  run: string,
): Promise<{ readonly record: Waiting<RunRecord>; readonly waits: RunWaits }> {
  const record = await runs.read(run);
  const waits = await runs.waits([record]);
  return { record: withWait(record, waits), waits };
}

/** Why it is not known what runs wait for, as answers and documents say it; nothing where it is. */
export function unknownWaits({ unknown }: RunWaits): { readonly waitsUnknown?: string } {
  return unknown === null ? {} : { waitsUnknown: unknown };
}
