import {
  type Calibration,
  fitCalibration,
  type LabelledWeight,
  pairKey,
  readTruth,
  recordKey,
} from "../../linkage/index.ts";
import { readRows } from "../evaluate/read-rows.ts";
import { linksOf } from "../explain/explain-records.ts";
import { openLinkage } from "../linkage/published-linkage.ts";
import { recordsOf } from "../linkage/result-files.ts";

/** Calibrations by entity type, as `kindred link --calibration` reads them. */
export interface Calibrations {
  readonly kind: "kindred-calibration";
  readonly version: 1;
  readonly types: Readonly<Record<string, Calibration>>;
}

/**
 * Learns what the weights of a published linkage are worth from pairs whose truth is known: a map for each entity type that has some.
 * What an earlier calibration or a trusted identifier made of a weight is taken off first.
 * @throws what `openLinkage` and `readTruth` do
 */
export async function calibrateLinkage(directory: string, truthFile: string): Promise<Calibrations> {
  const published = await openLinkage(directory);
  const declared = published.state.plan.sources.map((plan) => plan.source);
  const truth = readTruth(await readRows(truthFile), declared, truthFile);
  const known = new Set(declared);
  const labels = truth.kind === "pairs" ? new Map(truth.pairs.map((pair) => [pairKey(pair), pair.match])) : null;
  const isMatch = (pair: ReturnType<typeof recordsOf>): boolean | undefined => {
    const [left, right] = pair;
    if (truth.kind === "pairs") return labels?.get(pairKey({ left, right }));
    const cluster = truth.clusterByRecord.get(recordKey(left));
    return cluster !== undefined && cluster === truth.clusterByRecord.get(recordKey(right));
  };
  const types: Record<string, Calibration> = {};
  for (const { entityType } of published.clustered.types) {
    const labelled: LabelledWeight[] = [];
    for (const link of await linksOf(published, entityType)) {
      if (!known.has(link.leftSource) || !known.has(link.rightSource)) continue;
      const match = isMatch(recordsOf(link));
      if (match !== undefined) labelled.push({ weight: link.weight - link.calibration - link.trusted, match });
    }
    if (labelled.length > 0) types[entityType] = fitCalibration(labelled);
  }
  return { kind: "kindred-calibration", version: 1, types };
}
