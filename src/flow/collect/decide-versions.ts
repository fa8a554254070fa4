import type { DataSetVersion } from "../namespace/data-set.ts";
import { productionNamespace } from "../namespace/namespace-name.ts";
import { type VersionPlace, versionName } from "../store/collection-store.ts";
import type { DecisionPlace } from "./decide-runs.ts";
import { graceMs, type VersionKept } from "./retention.ts";

/** A version of a data set, and why it is kept; null when it goes. */
export interface VersionDecision {
  readonly version: DataSetVersion;
  readonly kept: VersionKept | null;
}

/** Which versions of data sets go. `pins`, by {@link versionName}, are what runs see that may still go on. */
export function decideVersions(
  versions: readonly DataSetVersion[],
  pins: ReadonlySet<string>,
  place: DecisionPlace,
): readonly VersionDecision[] {
  const bySet = Map.groupBy(versions, ({ project, namespace, name }) => JSON.stringify([project, namespace, name]));
  return [...bySet.values()].flatMap((own) => decideSet(own, pins, place));
}

function decideSet(
  versions: readonly DataSetVersion[],
  pins: ReadonlySet<string>,
  { project, retention, nowMs }: DecisionPlace,
): readonly VersionDecision[] {
  const newestFirst = versions.toSorted((a, b) => b.version - a.version);
  const led = backFromHead(newestFirst, retention.productionVersions ?? 0);
  return newestFirst.map((version, i) => {
    const isProduction = version.namespace === productionNamespace;
    const next = newestFirst[i - 1];
    // Whoever saw it published a moment ago may be making a run that is to see it.
    const keptMs = Math.max(retention.keepMs, graceMs);
    const reasons: readonly (readonly [VersionKept, boolean])[] = [
      ["other-project", project !== null && version.project !== project],
      ["published", version.isHead],
      ["production", isProduction && retention.productionVersions === null],
      // Its number must not be given again.
      ["newest", next === undefined],
      ["newest", isProduction && (i < (retention.productionVersions ?? 0) || led.has(version.version))],
      ["pinned", pins.has(versionName(version))],
      ["recent", nowMs - (next?.madeMs ?? 0) < keptMs],
    ];
    return { version, kept: reasons.find(([, holds]) => holds)?.[0] ?? null };
  });
}

/** So many versions as rollbacks lead through, the published one first. */
function backFromHead(versions: readonly DataSetVersion[], count: number): ReadonlySet<number> {
  const led = new Set<number>();
  let at = versions.find(({ isHead }) => isHead);
  while (at !== undefined && led.size < count && !led.has(at.version)) {
    led.add(at.version);
    const { previous } = at;
    at = versions.find(({ version }) => version === previous);
  }
  return led;
}

/** The place of a version alone. */
export function placeOf({ project, namespace, name, version }: DataSetVersion): VersionPlace {
  return { project, namespace, name, version };
}
