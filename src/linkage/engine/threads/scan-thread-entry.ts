import { parentPort } from "node:worker_threads";
import { Claims } from "./claims.ts";
import type { ScanOrder, ScanReport } from "./scan-order.ts";
import { openUnitScan } from "./unit-scan.ts";

// A thread of a scan: it scans units as long as there are any, and waits for the next scan.
parentPort?.on("message", (order: ScanOrder) => {
  const claims = new Claims(order.claims);
  const report = (found: ScanReport): void => {
    order.port.postMessage(found);
    claims.tell();
  };
  try {
    const scan = openUnitScan(order.memory, order.address);
    if (scan === undefined) throw new Error("the kernel is not there");
    for (let unit = claims.claim(); unit + 1 < order.units.length; unit = claims.claim()) {
      claims.awaitReader(unit);
      report({ unit, pairs: scan(order.units[unit] as number, order.units[unit + 1] as number) });
    }
  } catch (error) {
    report({ failure: (error as Error).message });
  } finally {
    order.port.close();
  }
});
