import type { CollectOptions } from "./collect-options.ts";
import type { CollectionReport } from "./report.ts";

// A module that makes a flow imports this door, and workers load that module: what only some commands need is loaded on use.

/**
 * Removes runs, data sets, artifacts, logs and what workers left, as retention says. Safe beside running runs; ended at any moment
 * it leaves a whole store.
 * @throws refused when another metadata names the same artifacts, run-locked while another collects, artifact-damaged
 */
export async function collectGarbage(options: CollectOptions): Promise<CollectionReport> {
  const collection = await import("./collect-garbage.ts");
  return collection.collectGarbage(options);
}
