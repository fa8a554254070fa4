import { hostname } from "node:os";
import type { RunStatus } from "../../run-record.ts";
import { isProcessAlive } from "../process-alive.ts";

/** A scheduler that has not renewed its lease for so long is taken for dead. */
export const leaseMs = 10_000;

/** The columns that say who holds a run. */
export interface LeaseRow {
  readonly status: string;
  readonly lease_owner: string | null;
  readonly lease_pid: number | null;
  readonly lease_host: string | null;
  readonly lease_renewed_ms: number;
}

/** True while a scheduler holds the run: renewed lately, and not known to be dead on this very host. */
export function isHeld(row: LeaseRow, nowMs: number): boolean {
  if (row.status !== "running" || row.lease_owner === null) return false;
  if (nowMs - row.lease_renewed_ms > leaseMs) return false;
  return row.lease_host !== hostname() || isProcessAlive(row.lease_pid ?? 0);
}

/** The status that people see: a run that nobody holds is not running. */
export function shownStatus(row: LeaseRow, nowMs: number): RunStatus {
  const status = row.status as RunStatus;
  return status === "running" && !isHeld(row, nowMs) ? "interrupted" : status;
}
