import type { MetadataWriter, RunLease } from "../../store/metadata-store.ts";
import { leaseMs } from "../../store/sql/lease.ts";

/** Keeps a lease renewed until stopped; tells when that fails, since another scheduler may then have the run. */
export function startHeartbeat(store: MetadataWriter, lease: RunLease, onLost: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    store.renewLease(lease).then(
      (isHeld) => {
        if (!isHeld) onLost(null);
      },
      (error: unknown) => onLost(error),
    );
  }, leaseMs / 4);
  return () => clearInterval(timer);
}
