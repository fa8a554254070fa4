import type { DataSetVersion } from "../namespace/data-set.ts";
import { productionNamespace } from "../namespace/namespace-name.ts";
import type { RunFacts } from "../store/collection-store.ts";
import { type DecisionPlace, decideRuns, type RunDecision } from "./decide-runs.ts";
import { decideVersions, type VersionDecision } from "./decide-versions.ts";

/** What a collection is to remove, and why it keeps the rest. */
export interface Decisions {
  readonly runs: readonly RunDecision[];
  readonly versions: readonly VersionDecision[];
}

/** Decides about all runs (newest first) and versions. What production keeps keeps the runs that made it. */
export function decide(
  runs: readonly RunFacts[],
  versions: readonly DataSetVersion[],
  place: DecisionPlace,
): Decisions {
  const mayGoOn = decideRuns(runs, new Set(), place).filter(({ run, kept }) => kept !== null && run.status !== "done");
  const pins = new Set(mayGoOn.flatMap(({ run }) => run.pins));
  const decided = decideVersions(versions, pins, place);
  const inProduction = decided.filter(
    ({ version, kept }) => kept !== null && version.namespace === productionNamespace,
  );
  const promoted = new Set(inProduction.map(({ version }) => version.run));
  return { runs: decideRuns(runs, promoted, place), versions: decided };
}
