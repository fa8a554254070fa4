import { productionNamespace } from "./namespace/namespace-name.ts";
import type { LeaseHolder, RunSummary } from "./run-record.ts";

/** What is known of a run where it is said how to go on with it. */
export interface ResumableRun extends Pick<RunSummary, "run" | "namespace"> {
  readonly holder?: LeaseHolder | null | undefined;
}

/** True of a run that the workers of a cluster run, or ran last. */
export function isOnCluster({ holder }: ResumableRun): boolean {
  return holder?.kind === "workflow";
}

/** The command that goes on with a run where it ran: on the cluster it was on, into the namespace that is its own. */
export function resumeCommand(run: ResumableRun, flags: readonly string[] = []): string {
  const host = isOnCluster(run) ? ["--host temporal"] : [];
  const namespace = run.namespace === productionNamespace ? ["--production"] : [];
  return [`kindred resume ${run.run}`, ...flags, ...host, ...namespace].join(" ");
}
