import { hostname } from "node:os";
import { isProcessAlive } from "../../../base/index.ts";
import type { LeaseHolder, RunStatus } from "../../run-record.ts";
import type { LeaseClaim } from "../metadata-store.ts";
import type { SqlValue } from "./sql-port.ts";

/** A holder that has not renewed its lease for so long is taken for dead, where its claim says nothing else. */
export const leaseMs = 10_000;

/** The columns that say who holds a run. */
export interface LeaseRow {
  readonly status: string;
  readonly lease_owner: string | null;
  readonly lease_pid: number | null;
  readonly lease_host: string | null;
  readonly lease_workflow: string | null;
  readonly lease_renewed_ms: number;
  readonly lease_ms: number;
}

/** True while somebody holds the run: renewed lately, and not known to be dead on this very host. */
export function isHeld(row: LeaseRow, nowMs: number): boolean {
  if (row.status !== "running" || row.lease_owner === null) return false;
  if (nowMs - row.lease_renewed_ms > row.lease_ms) return false;
  return row.lease_host !== hostname() || isProcessAlive(row.lease_pid ?? 0);
}

/** The status that people see: a run that nobody holds is not running. */
export function shownStatus(row: LeaseRow, nowMs: number): RunStatus {
  const status = row.status as RunStatus;
  return status === "running" && !isHeld(row, nowMs) ? "interrupted" : status;
}

/** Who holds, or last held, a run. */
export function holderOf({ lease_pid, lease_host, lease_workflow }: LeaseRow): LeaseHolder | null {
  if (lease_workflow !== null) return { kind: "workflow", workflowId: lease_workflow };
  return lease_host === null ? null : { kind: "process", pid: lease_pid ?? 0, hostName: lease_host };
}

/** A holder as people read it. */
export function holderText(holder: LeaseHolder | null): string {
  if (holder === null) return "elsewhere";
  return holder.kind === "workflow"
    ? `in workflow ${holder.workflowId}`
    : `in process ${holder.pid} on ${holder.hostName}`;
}

/** The columns of a lease and what a claim puts into them. */
export const leaseColumns = [
  "lease_owner",
  "lease_pid",
  "lease_host",
  "lease_workflow",
  "lease_ms",
  "lease_renewed_ms",
];

/** See {@link leaseColumns}. */
export function leaseValues({ owner, holder, leaseMs: heldMs }: LeaseClaim, nowMs: number): SqlValue[] {
  const [pid, host, workflow] =
    holder.kind === "process" ? [holder.pid, holder.hostName, null] : [null, null, holder.workflowId];
  return [owner, pid, host, workflow, heldMs ?? leaseMs, nowMs];
}
