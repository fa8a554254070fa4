import { hostname } from "node:os";
import { isProcessAlive, KindredError } from "../../../../base/index.ts";
import type { Collector } from "../../collection-store.ts";
import type { SqlRunner } from "../sql-port.ts";

/** A collection that has not renewed its lease for so long is taken for dead: longer than any of its single steps. */
const leaseMs = 120_000;

interface LeaseRow {
  readonly owner: string;
  readonly pid: number;
  readonly host: string;
  readonly renewed_ms: number;
}

const taken = "update collection_lease set owner = ?, pid = ?, host = ?, renewed_ms = ?";

/** Takes the one lease of collections. @throws run-locked while another has it */
export async function takeLease(sql: SqlRunner, collector: Collector, nowMs: number): Promise<void> {
  // Written first, so that of two that come at once one waits.
  await sql.run("update collection_lease set lease = lease");
  const row = (await sql.all<LeaseRow>("select * from collection_lease"))[0];
  if (row !== undefined && row.owner !== collector.owner && isHeld(row, nowMs)) {
    throw new KindredError("run-locked", {
      seen: `another collection is under way, in process ${row.pid} on ${row.host}`,
      hint: "Wait for it: it does what this one would",
    });
  }
  await sql.run(taken, collector.owner, collector.pid, collector.hostName, nowMs);
}

function isHeld({ renewed_ms, host, pid }: LeaseRow, nowMs: number): boolean {
  return nowMs - renewed_ms <= leaseMs && (host !== hostname() || isProcessAlive(pid));
}
