import type { RunRecord } from "../run-record.ts";

/**
 * For how long nothing of a run that is held has run: it waits for a worker, or for room on its host. Null while something runs, and
 * when the run is over.
 */
export function idleTimeMs({ status, createdMs, steps }: RunRecord, nowMs: number): number | null {
  const attempts = steps.flatMap(({ tasks }) => tasks.flatMap((task) => task.attempts));
  if (status !== "running" || attempts.some((attempt) => attempt.status === "running")) return null;
  return nowMs - attempts.reduce((lastMs, { startedMs, endedMs }) => Math.max(lastMs, endedMs ?? startedMs), createdMs);
}
