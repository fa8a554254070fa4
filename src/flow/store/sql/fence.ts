import { KindredError } from "../../../base/index.ts";
import type { RunLease } from "../metadata-store.ts";
import { runNumber } from "./run-number.ts";
import type { SqlRunner } from "./sql-port.ts";

/** True while the lease is good; then nobody can take the run over until the transaction ends. */
export async function holds(sql: SqlRunner, lease: RunLease): Promise<boolean> {
  const asked = "select lease_owner from runs where run = ? {share}";
  const rows = await sql.all<{ readonly lease_owner: string | null }>(asked, runNumber(lease.run));
  return rows[0]?.lease_owner === lease.owner;
}

/** Holds a run as it is until the transaction ends: a row that is written before it is looked at is locked in every database. */
export async function lockRun(sql: SqlRunner, run: number): Promise<void> {
  await sql.run("update runs set flow = flow where run = ?", run);
}

/** The error for a write under a lease that another holder has. */
export function lostLease(run: string): KindredError {
  return lockedError(run, "was taken over by another scheduler, since this one did not renew its lease in time");
}

/** The error for what may not be written now. */
export function lockedError(run: string, seen: string): KindredError {
  return new KindredError("run-locked", {
    seen: `the run ${seen}`,
    expected: "a run that nobody runs",
    hint: "Wait for it, or stop that one first",
    where: { run },
  });
}
