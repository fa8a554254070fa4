import type { MessagePort } from "node:worker_threads";
import type { KernelMemory } from "../../../base/index.ts";
import type { PlanAddress, UnitPairs } from "./unit-scan.ts";

/** What a thread is told to scan. */
export interface ScanOrder {
  readonly memory: KernelMemory;
  readonly address: PlanAddress;
  /** See `scanUnits`. */
  readonly units: Int32Array;
  readonly claims: SharedArrayBuffer;
  /** Where it reports. */
  readonly port: MessagePort;
}

/** What a thread reports: the pairs of a unit, or why it gave up. */
export type ScanReport = { readonly unit: number; readonly pairs: readonly UnitPairs[] } | { readonly failure: string };
